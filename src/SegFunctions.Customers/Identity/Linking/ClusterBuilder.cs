
namespace SegFunctions.Customers.Identity.Linking;

/// <summary>Joins probable pairs to clusters, and refuses to where the rest of the two groups does not agree.</summary>
/// <remarks>
/// The surest pairs come first. Two groups are joined when their cross pairs agree on average (average linkage; Hassanzadeh et al.,
/// "Framework for Evaluating Clustering Algorithms in Duplicate Detection", VLDB 2009, found chains the main fault of mere connected
/// components), so a single bridge between two people joins nobody. Decisions of humans go before everything.
/// </remarks>
internal sealed class ClusterBuilder
{
    // One pair, however sure, is one voice among the cross pairs.
    private const double StrongestVoice = 10;

    // Of larger groups the members first come speak for all.
    private const int Speakers = 12;

    private readonly IdentityOptions _options;
    private readonly Func<int, int, double> _bits;
    private readonly int[] _parents;
    private readonly Dictionary<int, List<int>> _members = [];
    private readonly Dictionary<int, List<int>> _foes = [];

    /// <param name="bits">Log₂ of the odds of any two rows.</param>
    public ClusterBuilder(int rows, IdentityOptions options, Func<int, int, double> bits)
    {
        _options = options;
        _bits = bits;
        _parents = new int[rows];
        for (var row = 0; row < rows; row++)
            _parents[row] = row;
    }

    /// <summary>Pairs that were probable and are not joined.</summary>
    public List<(Link Pair, ReviewReason Reason)> Held { get; } = [];

    public List<RefusedCluster> Refused { get; } = [];

    /// <summary>Joins pairs; call once.</summary>
    /// <param name="links">Those that apply themselves, surest first.</param>
    public void Build(IEnumerable<Link> links, IReadOnlyCollection<IdentityDecision> decisions)
    {
        foreach (var decision in decisions)
        {
            if (decision.Same)
                Join(Find(decision.Left), Find(decision.Right));
        }

        foreach (var decision in decisions)
        {
            if (decision.Same)
                continue;
            Foes(decision.Left).Add(decision.Right);
            Foes(decision.Right).Add(decision.Left);
        }

        foreach (var link in links)
        {
            var (one, other) = (Find(link.Left), Find(link.Right));
            if (one == other)
                continue;
            if (AreFoes(one, other))
                Held.Add((link, ReviewReason.DecidedApart));
            else if (Agree(one, other))
                Join(one, other);
            else
                Held.Add((link, ReviewReason.WeakBridge));
        }

        Refuse(decisions);
    }

    public int Find(int row)
    {
        while (_parents[row] != row)
            row = _parents[row] = _parents[_parents[row]];
        return row;
    }

    /// <summary>The rows of a cluster by its root, rising.</summary>
    public IReadOnlyList<int> Members(int root) => _members.TryGetValue(root, out var members) ? members : [root];

    private List<int> Foes(int row)
    {
        if (!_foes.TryGetValue(row, out var foes))
            _foes.Add(row, foes = []);
        return foes;
    }

    private bool AreFoes(int one, int other)
    {
        if (_foes.Count == 0)
            return false;
        foreach (var member in Members(one))
        {
            if (!_foes.TryGetValue(member, out var foes))
                continue;
            foreach (var foe in foes)
            {
                if (Find(foe) == other)
                    return true;
            }
        }

        return false;
    }

    private bool Agree(int one, int other)
    {
        var (left, right) = (Members(one), Members(other));
        if (left.Count == 1 && right.Count == 1)
            return true;
        double sum = 0;
        for (var i = 0; i < Math.Min(left.Count, Speakers); i++)
        {
            for (var j = 0; j < Math.Min(right.Count, Speakers); j++)
                sum += Math.Clamp(_bits(left[i], right[j]), -StrongestVoice, StrongestVoice);
        }

        return sum > 0;
    }

    private void Join(int one, int other)
    {
        if (one == other)
            return;
        var (root, child) = one < other ? (one, other) : (other, one);
        var merged = new List<int>(Members(root).Concat(Members(child)));
        merged.Sort();
        _parents[child] = root;
        _members.Remove(child);
        _members[root] = merged;
    }

    /// <summary>Takes clusters apart that are too large to be one; only what humans joined stays.</summary>
    private void Refuse(IReadOnlyCollection<IdentityDecision> decisions)
    {
        foreach (var (root, members) in _members.Where(pair => pair.Value.Count > _options.LargestCluster).OrderBy(pair => pair.Key).ToList())
        {
            Refused.Add(new RefusedCluster(members));
            _members.Remove(root);
            foreach (var row in members)
                _parents[row] = row;
        }

        if (Refused.Count == 0)
            return;
        foreach (var decision in decisions)
        {
            if (decision.Same)
                Join(Find(decision.Left), Find(decision.Right));
        }
    }
}
