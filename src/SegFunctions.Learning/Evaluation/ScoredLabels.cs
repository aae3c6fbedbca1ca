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
}
