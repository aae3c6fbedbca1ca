using SegFunctions.Learning.Classification.Design;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Preparation;

namespace SegFunctions.Learning.Classification.Learners;

/// <summary>One way to learn, at several settings.</summary>
internal interface ILearnerFamily
{
    /// <summary>As stored and shown: <c>logistic</c>, <c>trees</c>.</summary>
    string Name { get; }

    /// <summary>In words, the simplest setting first.</summary>
    IReadOnlyList<Bilingual> Settings { get; }

    /// <summary>Learns at every setting from some rows and judges others.</summary>
    /// <returns>Log-odds of the judged rows for each setting; null when nothing can be learned from these columns.</returns>
    double[][]? Judge(Table train, bool[] positive, Table held, UsedColumns used, CancellationToken cancellationToken);

    /// <summary>Learns at one setting; never called where <see cref="Judge"/> gave null.</summary>
    Scorer Fit(Table train, bool[] positive, UsedColumns used, int setting, CancellationToken cancellationToken);
}
