namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>What it means not to know a column: the training rows decide, or the rows of a background sample do.</summary>
internal interface IShapMethod
{
    /// <summary>Mean margin without any column known, one an output.</summary>
    double[] Expected { get; }

    /// <summary>Room for what a thread writes on the way.</summary>
    ShapScratch MakeScratch();

    /// <summary>Adds the contributions of the rows in <see cref="ShapScratch.Values"/> to <see cref="ShapScratch.Sums"/>.</summary>
    /// <param name="groups">Groups of eight rows to look at.</param>
    void Add(ShapScratch scratch, int groups);
}
