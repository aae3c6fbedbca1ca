using System.Numerics.Tensors;
using SegFunctions.Learning;

namespace SegFunctions.Customers.Segments.Clusters;

/// <summary>Means of clusters.</summary>
internal static class ClusterCentres
{
    /// <summary>Shape (clusters × columns).</summary>
    /// <param name="labels">One a row; −1 for none. Every cluster has a member.</param>
    public static Matrix Of(Matrix rows, IReadOnlyList<int> labels, int clusters)
    {
        var sums = new double[clusters * rows.Columns];
        var counts = new int[clusters];
        for (var row = 0; row < rows.Rows; row++)
        {
            if (labels[row] < 0)
                continue;
            var sum = sums.AsSpan(labels[row] * rows.Columns, rows.Columns);
            TensorPrimitives.Add(sum, rows.Row(row), sum);
            counts[labels[row]]++;
        }

        for (var cluster = 0; cluster < clusters; cluster++)
        {
            var sum = sums.AsSpan(cluster * rows.Columns, rows.Columns);
            TensorPrimitives.Divide(sum, counts[cluster], sum);
        }

        return new Matrix(clusters, rows.Columns, sums);
    }
}
