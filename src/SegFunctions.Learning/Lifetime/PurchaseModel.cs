namespace SegFunctions.Learning.Lifetime;

/// <summary>
/// A fitted model of when orders come and cease. Times are in the unit of the fit. Immutable; every question takes any history, also
/// of a customer who was not in the fit.
/// </summary>
public abstract class PurchaseModel
{
    private protected PurchaseModel(PurchaseModelKind kind, double[] parameters)
    {
        Kind = kind;
        Values = parameters;
        Parameters = [.. PurchaseModelNames.ParametersOf(kind).Zip(parameters, (name, value) => new KeyValuePair<string, double>(name, value))];
    }

    public PurchaseModelKind Kind { get; }

    /// <summary>By the names of the papers: r, alpha, a, b (BG/NBD, MBG/NBD), r, alpha, s, beta (Pareto/NBD), r, alpha (NBD).</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters { get; }

    internal double[] Values { get; }

    /// <param name="kind">Which model.</param>
    /// <param name="parameters">In the order of <see cref="Parameters"/>, finite and above 0.</param>
    /// <exception cref="ArgumentException">Another number of parameters, or one out of range.</exception>
    public static PurchaseModel Of(PurchaseModelKind kind, params double[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var names = PurchaseModelNames.ParametersOf(kind);
        if (parameters.Length != names.Count)
            throw new ArgumentException($"{PurchaseModelNames.Title(kind)} has {names.Count} parameters ({string.Join(", ", names)}), not {parameters.Length}.", nameof(parameters));
        for (var i = 0; i < parameters.Length; i++)
        {
            if (!(parameters[i] > 0 && double.IsFinite(parameters[i])))
                throw new ArgumentException($"{names[i]} is {parameters[i]}; it must be a finite number above 0.", nameof(parameters));
        }

        return kind switch
        {
            PurchaseModelKind.Nbd => new NbdModel(parameters),
            PurchaseModelKind.ParetoNbd => new ParetoNbdModel(parameters),
            _ => new BetaGeometricModel(kind, parameters),
        };
    }

    /// <summary>The probability that the customer has not dropped out at the end of observation.</summary>
    public abstract double AliveProbability(PurchaseHistory history);

    /// <summary>Orders in (T, T + horizon] of a customer who has not dropped out at T.</summary>
    /// <param name="horizon">0 or more.</param>
    public abstract OrderMoments OrdersIfAlive(PurchaseHistory history, double horizon);

    /// <summary>The probability that a customer who has not dropped out at T makes no order in (T, T + horizon].</summary>
    public abstract double NoOrderIfAlive(PurchaseHistory history, double horizon);

    /// <summary>P(Y = n), n = 0, 1, …, for the orders Y in (T, T + horizon] of a customer who has not dropped out at T; what is beyond the end is left out.</summary>
    public abstract void OrderDistributionIfAlive(PurchaseHistory history, double horizon, Span<double> probabilities);

    /// <summary>P(x = n), n = 0, 1, …, for a customer who made the first order <paramref name="age"/> ago; what is beyond the end is left out.</summary>
    public void RepeatDistribution(double age, Span<double> probabilities)
    {
        var alive = AliveProbability(PurchaseHistory.New);
        OrderDistributionIfAlive(PurchaseHistory.New, age, probabilities);
        foreach (ref var probability in probabilities)
            probability *= alive;
        if (!probabilities.IsEmpty)
            probabilities[0] += 1 - alive;
    }

    /// <summary>Expected orders in (T, T + horizon], whether the customer has dropped out or not.</summary>
    public double ExpectedOrders(PurchaseHistory history, double horizon) =>
        AliveProbability(history) * OrdersIfAlive(history, horizon).Mean;
}
