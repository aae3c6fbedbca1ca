namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Counts the rows of a quarantine as the report of its upload does.</summary>
public sealed class RefusalCounts
{
    private readonly RuleTally _tally = new();
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly List<string> _headers = [];

    public void Add(QuarantineRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        _tally.Add(row.Rule, row.Column.Length == 0 ? -1 : Number(row.Column), row.Line, row.Message);
    }

    /// <summary>The report of the upload when some of its refused rows have been corrected, and the rows counted here are what is left.</summary>
    /// <param name="corrected">How many were.</param>
    public QualityReport Corrected(QualityReport report, long corrected)
    {
        ArgumentNullException.ThrowIfNull(report);
        var rows = report.Rows with { Corrected = corrected, Refused = report.Rows.Read - report.Rows.Accepted - report.Rows.Duplicates - corrected };
        var changed = report with { Rows = rows, RefusedByRule = _tally.ToReport(_headers) };
        return changed with { Grade = Grading.Of(changed) };
    }

    private int Number(string header)
    {
        if (!_columns.TryGetValue(header, out var number))
        {
            _columns[header] = number = _headers.Count;
            _headers.Add(header);
        }

        return number;
    }
}
