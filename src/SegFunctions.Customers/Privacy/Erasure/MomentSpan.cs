using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Privacy.Erasure;

/// <summary>The earliest and the latest moment (UTC) of stored rows. A dataset without moments has none.</summary>
public sealed class MomentSpan
{
    private IReadOnlyList<string>? _header;
    private int _timestamp;

    public MomentSpan()
    {
    }

    public MomentSpan(DateTime? earliest, DateTime? latest) => (Earliest, Latest) = (earliest, latest);

    public DateTime? Earliest { get; private set; }

    public DateTime? Latest { get; private set; }

    /// <summary>Takes in the moment of a row.</summary>
    public void Add(CanonicalReader row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!ReferenceEquals(_header, row.Header))
            (_header, _timestamp) = (row.Header, row.Column("timestamp"));
        if (_timestamp >= 0 && CanonicalTime.TryParse(row.RawField(_timestamp), out var moment))
            Add(moment, moment);
    }

    /// <summary>Takes in another span.</summary>
    public void Add(MomentSpan other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Add(other.Earliest, other.Latest);
    }

    private void Add(DateTime? earliest, DateTime? latest)
    {
        Earliest = earliest is null || Earliest < earliest ? Earliest : earliest;
        Latest = latest is null || Latest > latest ? Latest : latest;
    }
}
