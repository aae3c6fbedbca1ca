namespace SegFunctions.Learning.Evaluation.Structure;

/// <summary>
/// Where a table stands among draws by several figures at once: its best rank, held against the best ranks of the draws
/// (Westfall &amp; Young 1993, minimum of p-values). Exact where table and draws are exchangeable, ties counted against the table.
/// </summary>
internal readonly ref struct JointRanks
{
    public JointRanks(StructureFigures found, ReadOnlySpan<StructureFigures> draws)
    {
        var all = new StructureFigures[draws.Length + 1];
        all[0] = found;
        draws.CopyTo(all.AsSpan(1));
        var best = new int[all.Length];
        Array.Fill(best, int.MaxValue);
        for (var figure = 0; figure < StructureFigures.Count; figure++)
        {
            for (var one = 0; one < all.Length; one++)
            {
                var rank = 0;
                foreach (var other in all)
                    rank += other[figure] >= all[one][figure] ? 1 : 0;
                best[one] = Math.Min(best[one], rank);
                if (one == 0 && figure == StructureFigures.DipIndex)
                    DipPValue = (double)rank / all.Length;
            }
        }

        var asGood = 0;
        foreach (var rank in best)
            asGood += rank <= best[0] ? 1 : 0;
        PValue = (double)asGood / all.Length;
    }

    public double PValue { get; }

    public double DipPValue { get; }
}
