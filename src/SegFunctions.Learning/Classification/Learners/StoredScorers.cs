using SegFunctions.Learning.Classification.Selection;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>Reads fitted learners by the names under which they are stored.</summary>
internal static class StoredScorers
{
    /// <exception cref="InvalidDataException">An unknown name, or a damaged learner.</exception>
    public static Scorer Load(string learner, double secondShare, Stream stream) => learner switch
    {
        ChosenLearner.Prior => PriorScorer.Load(stream),
        LogisticFamily.Key => LinearScorer.Load(stream),
        TreeFamily.Key => TreeScorer.Load(stream),
        ChosenLearner.Blend => new BlendScorer(LinearScorer.Load(stream), TreeScorer.Load(stream), secondShare),
        _ => throw new InvalidDataException($"The stored model is of the learner \"{learner}\"; this program does not know it. Fit it again or update the program."),
    };
}
