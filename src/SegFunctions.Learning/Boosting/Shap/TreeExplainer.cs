using System.Collections.Concurrent;

namespace SegFunctions.Learning.Boosting.Shap;

/// <summary>
/// Contributions of every column to the margin of a row. Immutable and safe to use from several threads; made by <see cref="TreeShap"/>.
/// </summary>
/// <remarks>
/// A row's contributions are laid out output by output, for each those of the features, then the expected margin: outputs · (features + 1) numbers,
/// which for each output add up to the margin of <see cref="BoostedTrees.PredictRaw"/>. A row has the same contributions whatever rows are
/// explained with it.
/// </remarks>
public sealed class TreeExplainer
{
    private readonly BoostedTrees _model;
    private readonly IShapMethod _method;
    // As many as have been at work at once; one is taken for each block of rows, so that blocks allocate nothing.
    private readonly ConcurrentBag<ShapScratch> _spare = [];

    internal TreeExplainer(BoostedTrees model, IShapMethod method) => (_model, _method) = (model, method);

    /// <summary>Columns of the rows it explains.</summary>
    public int Features => _model.Features;

    /// <summary>Margins a row: 1, or the number of classes.</summary>
    public int Outputs => _model.Outputs;

    /// <summary>Numbers that a row's explanation has: outputs · (features + 1).</summary>
    public int Width => Outputs * (Features + 1);

    /// <summary>The margin expected of a row of which nothing is known, one an output.</summary>
    public IReadOnlyList<double> Expected => _method.Expected;

    /// <summary>The contributions to every row, shape (rows × features) in, (rows × <see cref="Width"/>) out.</summary>
    /// <param name="threads">Threads to use; null for one per processor. Never changes a result.</param>
    /// <exception cref="ArgumentException">Rows that the model does not score: see <see cref="BoostedTrees.Predict"/>. Or more numbers than a matrix holds; take blocks then.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between blocks of rows.</exception>
    public Matrix Explain(Matrix rows, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Require(_model, rows, nameof(rows));
        var length = (long)rows.Rows * Width;
        if (length > Array.MaxLength)
            throw new ArgumentException($"{rows.Rows} rows have {length} contributions, more than a matrix holds; have them explained block by block.", nameof(rows));
        var contributions = new double[length];
        using var team = new ChunkTeam(threads, cancellationToken);
        var work = new ExplainedRows(this, rows, contributions);
        work.Next(rows.Rows);
        team.Run(work, work.Chunks);
        return new Matrix(rows.Rows, Width, contributions);
    }

    /// <summary>The same without room for all of them: hands the contributions over in blocks, in row order, on the caller's thread.</summary>
    /// <inheritdoc cref="Explain(Matrix, int?, CancellationToken)"/>
    public void Explain(Matrix rows, ContributionBlock receive, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(receive);
        Require(_model, rows, nameof(rows));
        const int BlockRows = 64 * ShapScratch.Rows;
        var contributions = new double[Math.Min(rows.Rows, BlockRows) * Width];
        using var team = new ChunkTeam(threads, cancellationToken);
        var work = new ExplainedRows(this, rows, contributions);
        for (var first = 0; first < rows.Rows; first = work.End)
        {
            work.Next(Math.Min(BlockRows, rows.Rows - first));
            team.Run(work, work.Chunks);
            receive(first, contributions.AsSpan(0, (work.End - first) * Width));
        }
    }

    /// <summary>One row or a few, on the caller's thread; allocates nothing once it has run.</summary>
    /// <param name="rows">Row after row, <see cref="Features"/> numbers each: finite, or NaN for missing.</param>
    /// <param name="contributions">OUT, row after row, <see cref="Width"/> numbers each.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit.</exception>
    public void Explain(ReadOnlySpan<double> rows, Span<double> contributions)
    {
        var count = rows.Length / Features;
        if (count * Features != rows.Length)
            throw new ArgumentException($"{rows.Length} values are no whole number of rows of {Features}.", nameof(rows));
        if (contributions.Length != count * Width)
            throw new ArgumentException($"{count} rows have {count * Width} contributions; there is room for {contributions.Length}.", nameof(contributions));
        if (!_spare.TryTake(out var scratch))
            scratch = _method.MakeScratch();
        for (var row = 0; row < count; row += ShapScratch.Rows)
        {
            var block = Math.Min(ShapScratch.Rows, count - row);
            scratch.Load(rows.Slice(row * Features, block * Features));
            _method.Add(scratch, (block + LaneBuffer.Lanes - 1) / LaneBuffer.Lanes);
            scratch.Store(contributions.Slice(row * Width, block * Width), _method.Expected);
        }

        _spare.Add(scratch);
    }

    /// <summary>How much every column matters: the mean absolute contribution over the rows, shape (outputs × features).</summary>
    /// <inheritdoc cref="Explain(Matrix, int?, CancellationToken)"/>
    public Matrix Importance(Matrix rows, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        rows.RequireRows(nameof(rows));
        var sums = new double[Outputs * Features];
        Explain(rows, AddUp, threads, cancellationToken);
        for (var i = 0; i < sums.Length; i++)
            sums[i] /= rows.Rows;
        return new Matrix(Outputs, Features, sums);

        void AddUp(int firstRow, ReadOnlySpan<double> contributions)
        {
            for (; !contributions.IsEmpty; contributions = contributions[Width..])
            {
                for (var output = 0; output < Outputs; output++)
                {
                    for (var feature = 0; feature < Features; feature++)
                        sums[(output * Features) + feature] += Math.Abs(contributions[(output * (Features + 1)) + feature]);
                }
            }
        }
    }

    /// <summary>Refuses what the model would not score either.</summary>
    internal static void Require(BoostedTrees model, Matrix rows, string parameter)
    {
        rows.RequireColumns(model.Features, parameter);
        rows.RequireFinite(parameter, missingAllowed: true);
        Categories.Require(rows, [.. model.CategoryCounts], parameter);
    }

    /// <summary>A stretch of the rows; a chunk is a block of them.</summary>
    private sealed class ExplainedRows(TreeExplainer explainer, Matrix rows, double[] contributions) : IChunkWork
    {
        private int _first;
        private int _count;

        public int End => _first + _count;

        public int Chunks => new FixedChunks(_count, ShapScratch.Rows).Count;

        public void Next(int count) => (_first, _count) = (End, count);

        public void Run(int chunk)
        {
            var chunks = new FixedChunks(_count, ShapScratch.Rows);
            var (start, count) = (chunks.Start(chunk), chunks.End(chunk) - chunks.Start(chunk));
            explainer.Explain(
                rows.Values.Slice((_first + start) * rows.Columns, count * rows.Columns),
                contributions.AsSpan(start * explainer.Width, count * explainer.Width));
        }
    }
}
