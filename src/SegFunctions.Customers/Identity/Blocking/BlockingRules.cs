namespace SegFunctions.Customers.Identity.Blocking;

/// <summary>Which keys records are found by: learned once, and from then on a function of a record alone.</summary>
/// <remarks>
/// A key that too many records share is a stop: it finds nobody by itself, but together with another stop it makes a finer key, and
/// two of those with a third. So each record has the coarsest keys that are still fine enough, as in dynamic blocking (W. McNeill,
/// H. Kardes, A. Borthwick, "Dynamic Record Blocking", QDB 2012).
/// </remarks>
/// <param name="stops">For single atoms, pairs and triples.</param>
/// <param name="window">Of a key that grows later, only so many of the newest records are compared.</param>
internal sealed class BlockingRules(HashSet<ulong>[] stops, int window)
{
    /// <summary>Single atoms, pairs, triples.</summary>
    public const int Passes = 3;

    /// <summary>Most keys of a record in one pass.</summary>
    public const int MostKeys = 1024;

    public HashSet<ulong>[] Stops => stops;

    public int Window => window;

    /// <summary>Writes the keys of a pass, stops included; needs the stops of the passes before.</summary>
    public int Write(ReadOnlySpan<Atom> atoms, int pass, Span<ulong> keys)
    {
        var count = 0;
        if (pass == 0)
        {
            foreach (var atom in atoms)
                keys[count++] = atom.Hash;
            return count;
        }

        Span<Atom> stopped = stackalloc Atom[AtomWriter.Most];
        var rest = 0;
        foreach (var atom in atoms)
        {
            if (atom.Kind != AtomKind.Alone && stops[0].Contains(atom.Hash))
                stopped[rest++] = atom;
        }

        for (var i = 0; i < rest; i++)
        {
            for (var j = i + 1; j < rest; j++)
            {
                if (!Combine(stopped[i].Kind, stopped[j].Kind))
                    continue;
                var pair = Key.Of(stopped[i].Hash, stopped[j].Hash);
                if (pass == 1)
                {
                    if (count < keys.Length)
                        keys[count++] = pair;
                    continue;
                }

                if (stopped[i].Kind == AtomKind.Gram || !stops[1].Contains(pair))
                    continue;
                for (var k = j + 1; k < rest && count < keys.Length; k++)
                {
                    if (IsStop(stopped[i], stopped[k]) && IsStop(stopped[j], stopped[k]))
                        keys[count++] = Key.Of(stopped[i].Hash, stopped[j].Hash, stopped[k].Hash);
                }
            }
        }

        return count;
    }

    /// <summary>Whether two atoms are no finer together: known to be too frequent, or not worth a key.</summary>
    private bool IsStop(Atom one, Atom other) => other.Kind != AtomKind.Gram && (!Combine(one.Kind, other.Kind) || stops[1].Contains(Key.Of(one.Hash, other.Hash)));

    private static bool Combine(AtomKind one, AtomKind other) =>
        one == AtomKind.Gram || other == AtomKind.Gram ? one == other : one != AtomKind.Place || other != AtomKind.Place;
}
