namespace SegFunctions.Learning.Clustering;

/// <summary>A fitted clustering. Immutable and safe for many threads; clusters are numbered from 0 by falling size, ties by their first member.</summary>
public interface IClusterModel
{
    /// <summary>The label of a row that belongs to no cluster.</summary>
    const int Noise = -1;

    /// <summary>Name of the algorithm: see <see cref="IClustering.Algorithm"/>.</summary>
    string Algorithm { get; }

    /// <summary>Columns of the training rows.</summary>
    int Columns { get; }

    /// <summary>How many clusters there are; 0 when every row is noise.</summary>
    int Clusters { get; }

    /// <summary>The cluster of every training row, in row order; <see cref="Noise"/> for none. Empty for a loaded model: a stored model carries no labels.</summary>
    IReadOnlyList<int> Labels { get; }

    /// <summary>Training rows of every cluster.</summary>
    IReadOnlyList<int> Sizes { get; }

    /// <summary>
    /// The cluster of every row, shape (rows × columns) in, rows labels out. A row's label depends on that row alone, not on the
    /// batch it comes in or the number of threads. Training rows get their <see cref="Labels"/>.
    /// </summary>
    /// <exception cref="ArgumentException">Another number of columns than at the fit, or a value that is not finite (row and column named).</exception>
    int[] Predict(Matrix rows, int? threads = null, CancellationToken cancellationToken = default);

    /// <summary>Writes what prediction needs. The stream stays open.</summary>
    void Save(Stream stream);
}
