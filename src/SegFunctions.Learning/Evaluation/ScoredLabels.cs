namespace SegFunctions.Learning.Evaluation;

/// <summary>Checks that classification measures share.</summary>
internal static class ScoredLabels
{
    public static void Require(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, bool probabilities, string parameter)
    {
        if (scores.Length != labels.Length)
            throw new ArgumentException($"There are {scores.Length} scores for {labels.Length} labels.", parameter);
        if (scores.IsEmpty)
            throw new ArgumentException("There are no rows; at least one is needed.", parameter);
        for (var row = 0; row < scores.Length; row++)
        {
            if (double.IsNaN(scores[row]) || (probabilities && scores[row] is < 0 or > 1))
                throw new ArgumentException($"Row {row} (counted from 0) has score {scores[row]}; {(probabilities ? "a probability lies in 0 to 1" : "a score must be a number")}.", parameter);
        }
    }

    /// <returns>Their sum, or the number of rows where there are none.</returns>
    public static double RequireWeights(ReadOnlySpan<double> weights, int rows)
    {
        if (weights.IsEmpty)
            return rows;
        if (weights.Length != rows)
            throw new ArgumentException($"There are {weights.Length} weights for {rows} rows.", nameof(weights));
        var total = 0.0;
        for (var row = 0; row < rows; row++)
        {
            if (!(weights[row] >= 0 && double.IsFinite(weights[row])))
                throw new ArgumentException($"Row {row} (counted from 0) has weight {weights[row]}; it must be a finite number of 0 or more.", nameof(weights));
            total += weights[row];
        }

        if (total == 0)
            throw new ArgumentException("Every weight is 0; at least one row must count.", nameof(weights));
        return total;
    }
}
