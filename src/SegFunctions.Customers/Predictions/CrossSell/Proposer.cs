namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>Ranks what to propose to one customer after the other; keeps its scratch arrays, one a thread.</summary>
/// <remarks>
/// An item's score is the sum of its similarities with the customer's items, times its trend; where repeats are proposed, the days on
/// which the item itself was bought count as similarities of 1. Places that remain go to popular items. Equal scores go to the more bought item.
/// </remarks>
/// <param name="popular">Ranks, the most popular first.</param>
/// <param name="trend">(ranks) how much more an item is bought of late; null proposes popular items alone.</param>
internal sealed class Proposer(ItemRelations relations, int[] popular, double[]? trend, bool repeats)
{
    private readonly double[] _score = new double[relations.Count];
    private readonly int[] _days = new int[relations.Count];
    private readonly bool[] _isChosen = new bool[relations.Count];
    private readonly List<int> _scored = [];
    private readonly List<int> _bought = [];

    /// <param name="purchases">Of the customer.</param>
    /// <param name="rankOf">Rank of each item of their history, −1 for one without.</param>
    /// <param name="proposals">OUT: ranks, the best first.</param>
    /// <returns>How many were found.</returns>
    public int Propose(CustomerPurchases purchases, int[] rankOf, Span<int> proposals)
    {
        Begin(purchases, rankOf);
        var count = 0;
        if (trend is not null)
        {
            Score();
            foreach (var rank in _scored)
            {
                if (repeats || _days[rank] == 0)
                    Insert(rank, proposals, ref count);
            }
        }

        for (var i = 0; i < count; i++)
            _isChosen[proposals[i]] = true;
        var chosen = count;
        for (var i = 0; i < popular.Length && count < proposals.Length; i++)
        {
            if (!_isChosen[popular[i]] && (repeats || _days[popular[i]] == 0))
                proposals[count++] = popular[i];
        }

        for (var i = 0; i < chosen; i++)
            _isChosen[proposals[i]] = false;
        return count;
    }

    /// <summary>Days on which the last customer bought the item; 0 where repeats are not proposed.</summary>
    public int DaysBought(int rank) => repeats && trend is not null ? _days[rank] : 0;

    /// <summary>The last customer's items that speak most for one.</summary>
    /// <param name="reasons">OUT: ranks, the most similar first.</param>
    /// <returns>How many there are.</returns>
    public int Explain(int rank, Span<int> reasons)
    {
        if (trend is null)
            return 0;
        var count = 0;
        Span<double> similarities = stackalloc double[reasons.Length];
        foreach (var bought in _bought)
        {
            var similarity = SimilarityOf(bought, rank);
            if (similarity <= 0)
                continue;
            var at = count;
            while (at > 0 && similarities[at - 1] < similarity)
                at--;
            if (at == reasons.Length)
                continue;
            count = Math.Min(count + 1, reasons.Length);
            for (var i = count - 1; i > at; i--)
                (reasons[i], similarities[i]) = (reasons[i - 1], similarities[i - 1]);
            (reasons[at], similarities[at]) = (bought, similarity);
        }

        return count;
    }

    private void Begin(CustomerPurchases purchases, int[] rankOf)
    {
        foreach (var rank in _bought)
            _days[rank] = 0;
        foreach (var rank in _scored)
            _score[rank] = 0;
        _bought.Clear();
        _scored.Clear();
        foreach (var item in purchases.Items)
        {
            if (rankOf[item] is >= 0 and var rank && _days[rank]++ == 0)
                _bought.Add(rank);
        }

        // Sums run in one order, whatever order the purchases came in.
        _bought.Sort();
    }

    private void Score()
    {
        foreach (var bought in _bought)
        {
            for (var i = relations.Starts[bought]; i < relations.Starts[bought + 1]; i++)
                Add(relations.Related[i], relations.Similarity[i]);
            if (repeats)
                Add(bought, _days[bought]);
        }

        foreach (var rank in _scored)
            _score[rank] *= trend![rank];
    }

    private void Add(int rank, double score)
    {
        if (_score[rank] == 0)
            _scored.Add(rank);
        _score[rank] += score;
    }

    private void Insert(int rank, Span<int> proposals, ref int count)
    {
        var at = count;
        while (at > 0 && IsAhead(rank, proposals[at - 1]))
            at--;
        if (at == proposals.Length)
            return;
        count = Math.Min(count + 1, proposals.Length);
        for (var i = count - 1; i > at; i--)
            proposals[i] = proposals[i - 1];
        proposals[at] = rank;
    }

    private bool IsAhead(int rank, int other) => _score[rank] != _score[other] ? _score[rank] > _score[other] : rank < other;

    private double SimilarityOf(int bought, int rank)
    {
        for (var i = relations.Starts[bought]; i < relations.Starts[bought + 1]; i++)
        {
            if (relations.Related[i] == rank)
                return relations.Similarity[i];
        }

        return 0;
    }
}
