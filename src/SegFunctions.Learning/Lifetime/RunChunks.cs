namespace SegFunctions.Learning.Lifetime;

/// <summary>A part of a run that one thread works on at a time.</summary>
/// <param name="Run">Which run.</param>
internal readonly record struct RunPart(int Run, int Start, int End);

/// <summary>
/// Work over grouped histories: every run is cut into parts of fixed size, parts are dealt out in fixed batches, and results are
/// added in order, so that the number of threads changes no byte.
/// </summary>
internal sealed class RunChunks
{
    private const int PartSize = 4096;
    private const int BatchRows = 8192;

    private readonly RunPart[] _parts;
    private readonly int[] _batches;

    public RunChunks(GroupedHistories histories)
    {
        var parts = new List<RunPart>();
        for (var run = 0; run < histories.Runs.Length; run++)
        {
            for (var start = histories.Runs[run].Start; start < histories.Runs[run].End; start += PartSize)
                parts.Add(new RunPart(run, start, Math.Min(start + PartSize, histories.Runs[run].End)));
        }

        _parts = [.. parts];
        var batches = new List<int> { 0 };
        for (var part = 0; part < _parts.Length; part++)
        {
            if (_parts[part].End - _parts[batches[^1]].Start >= BatchRows || part == _parts.Length - 1)
                batches.Add(part + 1);
        }

        _batches = [.. batches];
    }

    public int Batches => _batches.Length - 1;

    public int Parts => _parts.Length;

    /// <summary>The parts of a batch.</summary>
    public (int Start, int End) Batch(int batch) => (_batches[batch], _batches[batch + 1]);

    public RunPart Part(int part) => _parts[part];
}
