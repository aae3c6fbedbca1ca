using SegFunctions.Customers.Segments;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.Migration;

/// <summary>Tells the likeliest next segment of a customer; only of kinds whose probabilities are surely better than the rule of staying.</summary>
/// <remarks>Immutable, safe for many threads.</remarks>
public sealed class MigrationModel
{
    private readonly Dictionary<string, NextSegment> _next = new(StringComparer.Ordinal);

    /// <param name="segments">All that have names.</param>
    public MigrationModel(MigrationReport report, IReadOnlyList<SegmentDefinition> segments)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(segments);
        Report = report;
        var names = segments.ToDictionary(segment => segment.Id, segment => segment.Name);
        foreach (var moves in report.Kinds.Where(kind => kind.Published).SelectMany(kind => kind.Segments))
        {
            // A destination without a name, as being in no cluster, is no segment to announce.
            if (moves.To.Count > 0 && names.TryGetValue(moves.From, out var from) && names.TryGetValue(moves.To[0].Segment, out var to))
                _next[moves.From] = Next(moves, from, to, report.IntervalDays ?? 0);
        }
    }

    /// <summary>The probabilities, and how good they are.</summary>
    public MigrationReport Report { get; }

    /// <summary>Where a customer of this segment most likely is after the interval; null where that is not told.</summary>
    public NextSegment? Of(string segment) => _next.GetValueOrDefault(segment);

    private static NextSegment Next(SegmentMoves moves, Bilingual from, Bilingual to, int days)
    {
        // Whole percents: what moves by less from run to run is no news of the customer.
        var probability = Math.Round(moves.To[0].Probability, 2, MidpointRounding.AwayFromZero);
        var staying = Math.Round(moves.To.FirstOrDefault(move => move.Segment == moves.From)?.Probability ?? 0, 2, MidpointRounding.AwayFromZero);
        var percent = Wording.Percent(probability);
        var reason = moves.To[0].Segment == moves.From
            ? new Bilingual($"{percent.En} of the customers in {from.En} are there still {days} days later", $"{percent.Fr} des clients « {from.Fr} » le sont encore {days} jours plus tard")
            : new Bilingual($"{percent.En} of the customers in {from.En} are in {to.En} {days} days later", $"{percent.Fr} des clients « {from.Fr} » sont « {to.Fr} » {days} jours plus tard");
        return new NextSegment(moves.To[0].Segment, probability, staying, reason);
    }
}

/// <summary>Where a customer most likely is after the interval; that may be where it is.</summary>
/// <param name="Segment">Id.</param>
/// <param name="Probability">2 decimals.</param>
/// <param name="Staying">Probability of staying; 2 decimals.</param>
public sealed record NextSegment(string Segment, double Probability, double Staying, Bilingual Reason);
