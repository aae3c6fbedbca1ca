namespace SegFunctions.Learning.Clustering;

/// <summary>Centres as <see cref="NearestCentroid"/> wants them.</summary>
internal static class CentredCentroids
{
    /// <summary>IN centroids (k × d), offset (d); OUT centres = centroids − offset (k × d), halfNorms = ‖centre‖²/2 (k).</summary>
    public static void Fill(ReadOnlySpan<double> centroids, ReadOnlySpan<double> offset, Span<double> centres, Span<double> halfNorms)
    {
        var columns = offset.Length;
        for (var centre = 0; centre < halfNorms.Length; centre++)
        {
            var norm = 0.0;
            for (var column = 0; column < columns; column++)
            {
                var value = centroids[(centre * columns) + column] - offset[column];
                centres[(centre * columns) + column] = value;
                norm = Math.FusedMultiplyAdd(value, value, norm);
            }

            halfNorms[centre] = norm / 2;
        }
    }
}
