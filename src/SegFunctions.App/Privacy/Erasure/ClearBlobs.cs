using SegFunctions.Customers.Privacy.Erasure;

namespace SegFunctions.App.Privacy.Erasure;

/// <summary>Versions of blobs that a search has read whole and found clear of a person, with the moments of their rows: no later step needs to read them again.</summary>
/// <remarks>
/// They count for what was known of the person when they were read, and are forgotten when more becomes known. The search that ends an erasure pays no heed
/// to them, and where it finds something they are forgotten too.
/// </remarks>
internal sealed class ClearBlobs
{
    private readonly Dictionary<string, MomentSpan> _moments = new(StringComparer.Ordinal);

    /// <summary>Of what was known of the person; empty at first.</summary>
    public string Knowledge { get; private set; } = "";

    /// <summary>The versions, with the moments of their rows.</summary>
    public IReadOnlyDictionary<string, MomentSpan> Versions => _moments;

    /// <summary>Notes a version that was found clear of all that is known.</summary>
    public void Add(string knowledge, string version, MomentSpan moments)
    {
        if (knowledge != Knowledge)
            _moments.Clear();
        Knowledge = knowledge;
        _moments[version] = moments;
    }

    /// <summary>The moments of a version that is clear of all that is known; null where that has to be found out.</summary>
    public MomentSpan? Find(string knowledge, string version) => knowledge == Knowledge ? _moments.GetValueOrDefault(version) : null;

    public void Forget() => _moments.Clear();
}
