using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Features;

/// <summary>The instant as of which a refresh looks at its customers: nothing at or past it is read.</summary>
/// <param name="Instant">UTC.</param>
/// <param name="Basis">Which rule chose it.</param>
/// <param name="Reason">The same in words, shown with every answer.</param>
public sealed record AsOf(DateTime Instant, AsOfBasis Basis, Bilingual Reason)
{
    /// <summary>Orders older than this no longer speak of now.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromDays(30);

    /// <summary>
    /// The requested instant; else <paramref name="now"/> when the newest order is younger than 30 days; else midnight after
    /// the newest order's day. Without any order it is <paramref name="now"/>.
    /// </summary>
    /// <param name="requested">UTC; what a person asked for.</param>
    /// <param name="newestOrder">UTC; the newest purchase in the lake.</param>
    /// <param name="now">UTC.</param>
    public static AsOf Choose(DateTime? requested, DateTime? newestOrder, DateTime now)
    {
        if (requested is { } instant)
        {
            return new AsOf(instant, AsOfBasis.Requested, new Bilingual(
                $"as of {Wording.Date(instant).En}, as requested",
                $"au {Wording.Date(instant).Fr}, comme demandé"));
        }

        if (newestOrder is not { } newest)
            return new AsOf(now, AsOfBasis.Now, new Bilingual("as of now: there are no orders yet", "à cet instant : il n'y a pas encore de commande"));

        var day = Wording.Date(newest);
        if (now - newest < Freshness)
        {
            return new AsOf(now, AsOfBasis.Now, new Bilingual(
                $"as of now: the newest order, of {day.En}, is younger than 30 days",
                $"à cet instant : la commande la plus récente, du {day.Fr}, a moins de 30 jours"));
        }

        return new AsOf(newest.Date.AddDays(1), AsOfBasis.NewestOrder, new Bilingual(
            $"as of midnight after the newest order's day, {day.En}, because that order is older than 30 days",
            $"à minuit après le jour de la commande la plus récente, le {day.Fr}, car elle a plus de 30 jours"));
    }
}
