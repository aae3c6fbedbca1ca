namespace SegFunctions.Learning.Clustering;

/// <summary>How exactly k-means compares distances while its centres move.</summary>
public enum KMeansPrecision
{
    /// <summary>In doubles: labels are those of comparing every row with every centre.</summary>
    Double,

    /// <summary>
    /// In singles around the mean: faster, and a row that lies within about 10⁻⁶ of the border between two clusters may fall on
    /// either side. Centres, their sums, the last assignment and the inertia are in doubles all the same, so the model's labels
    /// and predictions are exact for its centres.
    /// </summary>
    Single,
}
