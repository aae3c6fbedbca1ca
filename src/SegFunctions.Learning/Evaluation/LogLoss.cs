namespace SegFunctions.Learning.Evaluation;

/// <summary>
/// Mean negative log-likelihood in nats, −ln p for a positive row and −ln(1 − p) for a negative one (Good 1952). Probabilities are
/// kept 2⁻⁵² away from 0 and 1 (as scikit-learn does for doubles), so that one wrong certainty costs 36 nats, not everything.
/// </summary>
public static class LogLoss
{
    private const double Edge = 2.220446049250313e-16;

    /// <param name="weights">One a row, 0 or more; empty for 1 each.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a value outside 0 to 1 (row named), or weights that are none.</exception>
    public static double Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        ScoredLabels.Require(probabilities, labels, probabilities: true, nameof(probabilities));
        var total = ScoredLabels.RequireWeights(weights, labels.Length);
        var sum = 0.0;
        for (var row = 0; row < labels.Length; row++)
            sum += (weights.IsEmpty ? 1 : weights[row]) * Of(probabilities[row], labels[row]);
        return sum / total;
    }

    /// <summary>The loss of every row, for paired comparisons (<see cref="PairedInterval"/>).</summary>
    public static double[] PerRow(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        ScoredLabels.Require(probabilities, labels, probabilities: true, nameof(probabilities));
        var losses = new double[labels.Length];
        for (var row = 0; row < labels.Length; row++)
            losses[row] = Of(probabilities[row], labels[row]);
        return losses;
    }

    /// <summary>Of several classes: mean of −ln p of the class that a row has. Each row's probabilities are first divided by their sum.</summary>
    /// <param name="probabilities">Shape (rows × classes), 0 or more, not all 0 in a row.</param>
    /// <param name="classes">One a row, counted from 0.</param>
    /// <exception cref="ArgumentException">Lengths differ, no rows, a class that has no column, or a value that is no probability (row and column named).</exception>
    public static double OfClasses(Matrix probabilities, ReadOnlySpan<int> classes)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        probabilities.RequireRows(nameof(probabilities));
        if (classes.Length != probabilities.Rows)
            throw new ArgumentException($"There are {classes.Length} classes for {probabilities.Rows} rows of probabilities.", nameof(classes));
        var loss = 0.0;
        for (var row = 0; row < classes.Length; row++)
        {
            var own = probabilities.Row(row);
            if ((uint)classes[row] >= (uint)own.Length)
                throw new ArgumentException($"Row {row} (counted from 0) has class {classes[row]}; there are probabilities for 0 to {own.Length - 1}.", nameof(classes));
            var sum = 0.0;
            for (var column = 0; column < own.Length; column++)
            {
                if (!(own[column] >= 0 && double.IsFinite(own[column])))
                    throw new ArgumentException($"Row {row}, column {column} (both counted from 0) holds {own[column]}, which is no probability.", nameof(probabilities));
                sum += own[column];
            }

            if (sum == 0)
                throw new ArgumentException($"The probabilities of row {row} (counted from 0) are all 0.", nameof(probabilities));
            loss -= Math.Log(Math.Clamp(own[classes[row]] / sum, Edge, 1));
        }

        return loss / classes.Length;
    }

    internal static double Of(double probability, bool label)
    {
        var p = Math.Clamp(probability, Edge, 1 - Edge);
        return label ? -Math.Log(p) : -double.LogP1(-p);
    }
}
