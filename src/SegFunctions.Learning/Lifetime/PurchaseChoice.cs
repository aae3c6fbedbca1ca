using SegFunctions.Learning.Explanation;

namespace SegFunctions.Learning.Lifetime;

/// <summary>The models tried on one set of histories, and the one to use.</summary>
public sealed record PurchaseChoice
{
    // Models of equally many parameters whose log-likelihoods differ by less than this are as good as each other (Burnham & Anderson 2002).
    private const double Equal = 2;

    private static readonly PurchaseModelKind[] Candidates = [PurchaseModelKind.BgNbd, PurchaseModelKind.MbgNbd, PurchaseModelKind.ParetoNbd];

    /// <summary>The fit to use.</summary>
    public required PurchaseFit Chosen { get; init; }

    /// <summary>Every fit tried, in the order of trial.</summary>
    public required IReadOnlyList<PurchaseFit> Fits { get; init; }

    /// <summary>In words, why this one.</summary>
    public required Bilingual Reason { get; init; }

    /// <summary>
    /// Fits BG/NBD, MBG/NBD and Pareto/NBD, which have four parameters each, and takes the one of the greatest log-likelihood; among
    /// those within 2 of it, the one that foretells the holdout with the least squared error, else the first in this order.
    /// </summary>
    /// <param name="later">Orders of each customer in the time of length <paramref name="horizon"/> after the histories; empty for none.</param>
    /// <exception cref="ArgumentException">Options out of range, another number of customers.</exception>
    public static PurchaseChoice Of(PurchaseHistories histories, PurchaseFitOptions options, ReadOnlySpan<int> later = default, double horizon = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var grouped = GroupedHistories.Of(histories);
        var fits = Array.ConvertAll(Candidates, kind => PurchaseFitting.Fit(grouped, options with { Model = kind }, cancellationToken));
        var usable = fits.Where(fit => fit.Identifiable).OrderByDescending(fit => fit.LogLikelihood).ToList();
        if (usable.Count == 0)
            return new PurchaseChoice { Chosen = fits[0], Fits = fits, Reason = fits[0].LogLikelihood == fits[0].NbdLogLikelihood && fits[0].Converged ? LifetimeWording.NoneIdentifiable : fits[0].Outcome };

        var close = fits.Where(fit => fit.Identifiable && fit.LogLikelihood >= usable[0].LogLikelihood - Equal).ToList();
        if (close.Count == 1)
        {
            var reason = usable.Count > 1
                ? LifetimeWording.ByLikelihood(usable[0].Model.Kind, usable[1].Model.Kind, usable[0].LogLikelihood - usable[1].LogLikelihood)
                : LifetimeWording.ByLikelihood(usable[0].Model.Kind, PurchaseModelKind.Nbd, usable[0].LogLikelihood - usable[0].NbdLogLikelihood);
            return new PurchaseChoice { Chosen = usable[0], Fits = fits, Reason = reason };
        }

        if (later.IsEmpty)
            return new PurchaseChoice { Chosen = close[0], Fits = fits, Reason = LifetimeWording.Equal(close[0].Model.Kind) };
        var (best, least) = (close[0], double.PositiveInfinity);
        foreach (var fit in close)
        {
            var error = HoldoutCheck.Of(fit.Model, histories, later, horizon).RootMeanSquaredError;
            if (error < least)
                (best, least) = (fit, error);
        }

        return new PurchaseChoice { Chosen = best, Fits = fits, Reason = LifetimeWording.ByHoldout(best.Model.Kind, least) };
    }
}
