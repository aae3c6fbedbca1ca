using System.Runtime.CompilerServices;

namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Gives every row the cluster of its nearest core point within ε, or noise.</summary>
internal sealed class NearestCore(Matrix rows, CorePoints cores, int[] labels) : IChunkWork
{
    public int[] Labels => labels;

    public FixedChunks Chunks { get; } = FixedChunks.Of(rows.Rows, most: 256, smallest: 256);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        if (cores.Tree is not { } tree)
        {
            labels.AsSpan(Chunks.Start(chunk), Chunks.End(chunk) - Chunks.Start(chunk)).Fill(IClusterModel.Noise);
            return;
        }

        for (var row = Chunks.Start(chunk); row < Chunks.End(chunk); row++)
        {
            var search = new NearestRow(tree, rows.Row(row), cores.Epsilon * cores.Epsilon);
            NearLeaves.AroundPoint(tree, rows.Row(row), ref search);
            labels[row] = search.Row < 0 ? IClusterModel.Noise : cores.Labels[search.Row];
        }
    }
}
