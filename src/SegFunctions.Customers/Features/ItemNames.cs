using System.Runtime.InteropServices;
using System.Text;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Features;

/// <summary>What the products, or the categories, of order lines are called: a text is kept once, however many lines hold it.</summary>
/// <remarks>Not safe for several threads. A file names a product now so, now otherwise: all spellings are counted, the most usual one is shown.</remarks>
public sealed class ItemNames
{
    private readonly Dictionary<ulong, string> _ids = [];
    private readonly Dictionary<ulong, List<ItemSpelling>> _spellings = [];
    private readonly Dictionary<(ulong Item, ulong Name), int> _places = [];

    /// <summary>Takes the id of an item: what its hash is of.</summary>
    /// <param name="id">UTF-8.</param>
    public void Add(ulong item, ReadOnlySpan<byte> id)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, item, out var exists);
        if (!exists)
            known = Encoding.UTF8.GetString(id);
    }

    /// <summary>Counts a line that calls the item so.</summary>
    /// <param name="name">UTF-8; an empty one counts for nothing.</param>
    public void AddName(ulong item, ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return;
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, (item, ByteHash.Hash64(name)), out var known);
        ref var spellings = ref CollectionsMarshal.GetValueRefOrAddDefault(_spellings, item, out _);
        spellings ??= [];
        if (known)
        {
            spellings[place] = spellings[place] with { Lines = spellings[place].Lines + 1 };
            return;
        }

        place = spellings.Count;
        spellings.Add(new ItemSpelling(Encoding.UTF8.GetString(name), 1));
    }

    /// <summary>The item of a hash; one that was never named is called by its hash.</summary>
    public Item Of(ulong item) => new(
        item,
        _ids.GetValueOrDefault(item) ?? item.ToString("x16"),
        _spellings.TryGetValue(item, out var spellings) ? [.. spellings] : []);
}

/// <summary>A product or a category.</summary>
/// <param name="Key">64-bit hash of the id, as order lines carry it.</param>
/// <param name="Id">As the files spell it.</param>
/// <param name="Spellings">What lines call it; empty where none gives a name beside the id.</param>
public sealed record Item(ulong Key, string Id, IReadOnlyList<ItemSpelling> Spellings)
{
    /// <summary>The most usual spelling, of equally usual ones the first by its letters; the id where there is none.</summary>
    public string Name
    {
        get
        {
            ItemSpelling? best = null;
            foreach (var spelling in Spellings)
            {
                if (best is null || spelling.Lines > best.Lines || (spelling.Lines == best.Lines && string.CompareOrdinal(spelling.Text, best.Text) < 0))
                    best = spelling;
            }

            return best?.Text ?? Id;
        }
    }

    /// <summary>The same item as two partitions know it.</summary>
    public Item Join(Item other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var joined = Spellings.ToList();
        foreach (var spelling in other.Spellings)
        {
            var known = joined.FindIndex(one => one.Text == spelling.Text);
            if (known < 0)
                joined.Add(spelling);
            else
                joined[known] = spelling with { Lines = spelling.Lines + joined[known].Lines };
        }

        return this with { Spellings = joined };
    }
}

/// <summary>One way in which lines call an item.</summary>
public sealed record ItemSpelling(string Text, int Lines);
