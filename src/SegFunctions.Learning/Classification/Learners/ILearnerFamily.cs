using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>One setting of a learner.</summary>
/// <param name="Variant">Settings of one variant differ in how far they go, and are told of together.</param>
internal sealed record LearnerSetting(Bilingual Description, int Variant);

/// <summary>One way to learn, at several settings.</summary>
internal interface ILearnerFamily
{
    /// <summary>As stored and shown: <c>logistic</c>, <c>trees</c>.</summary>
    string Name { get; }

    /// <summary>The simplest first.</summary>
    IReadOnlyList<LearnerSetting> Settings { get; }

    /// <summary>Learns at every setting from some rows and judges others.</summary>
    /// <returns>Log-odds of the judged rows for each setting; null when nothing can be learned from these columns.</returns>
    double[][]? Judge(Table train, bool[] positive, Table held, UsedColumns used, CancellationToken cancellationToken);

    /// <summary>Learns at one setting; never called where <see cref="Judge"/> gave null.</summary>
    Scorer Fit(Table train, bool[] positive, UsedColumns used, int setting, CancellationToken cancellationToken);
}
