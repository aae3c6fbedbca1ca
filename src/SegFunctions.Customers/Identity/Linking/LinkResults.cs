using SegFunctions.Customers.Identity.Comparing;
using SegFunctions.Customers.Identity.Fitting;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Identity.Linking;

/// <summary>Puts a result together from scored pairs and decisions.</summary>
internal static class LinkResults
{
    public static LinkResult Of(IReadOnlyList<Link> scored, IReadOnlyCollection<IdentityDecision> decisions, int rows, IdentityOptions options, Func<int, int, double> bits, LinkFigures figures, IReadOnlyList<ValueFrequency> frequencies)
    {
        var decided = Decided(decisions, rows);
        var applied = scored.Where(link => link.Probability >= options.ApplyAt && !decided.ContainsKey((link.Left, link.Right))).ToList();
        applied.Sort(SurestFirst);
        var builder = new ClusterBuilder(rows, options, bits);
        builder.Build(applied, decisions);

        var clusters = Number(builder, rows, out var count);
        var links = new List<Link>(applied.Count);
        foreach (var link in applied)
        {
            if (clusters[link.Left] == clusters[link.Right])
                links.Add(link);
        }

        foreach (var ((left, right), same) in decided)
        {
            if (same)
                links.Add(new Link(left, right, 1, bits(left, right), Decided: true));
        }

        links.Sort(static (one, other) => (one.Left, one.Right).CompareTo((other.Left, other.Right)));
        var review = Review(scored, builder, clusters, decided, options);
        var precision = links.Count == 0 ? 1 : links.Average(link => link.Probability);
        return new LinkResult
        {
            Clusters = clusters,
            ClusterCount = count,
            Probabilities = Strengths(builder, rows, bits, decided),
            Links = links,
            Review = review.Count <= options.MostReviews ? review : review[..options.MostReviews],
            ReviewsUnlisted = Math.Max(0, review.Count - options.MostReviews),
            Refused = builder.Refused,
            Blocked = Blocked(frequencies),
            Figures = figures with { Links = links.Count, ExpectedPrecision = precision },
        };
    }

    /// <summary>The last word on each pair, by rising rows.</summary>
    private static SortedDictionary<(int Left, int Right), bool> Decided(IReadOnlyCollection<IdentityDecision> decisions, int rows)
    {
        var decided = new SortedDictionary<(int, int), bool>();
        foreach (var decision in decisions)
        {
            var (left, right) = decision.Left < decision.Right ? (decision.Left, decision.Right) : (decision.Right, decision.Left);
            if (left < 0 || right >= rows || left == right)
                throw new ArgumentException($"A decision names the rows {decision.Left} and {decision.Right}; they must be two of the {rows} rows.", nameof(decisions));
            decided[(left, right)] = decision.Same;
        }

        return decided;
    }

    private static int SurestFirst(Link one, Link other)
    {
        var order = other.Bits.CompareTo(one.Bits);
        return order != 0 ? order : (one.Left, one.Right).CompareTo((other.Left, other.Right));
    }

    private static int[] Number(ClusterBuilder builder, int rows, out int count)
    {
        var clusters = new int[rows];
        var numbers = new int[rows];
        Array.Fill(numbers, -1);
        count = 0;
        for (var row = 0; row < rows; row++)
        {
            var root = builder.Find(row);
            if (numbers[root] < 0)
                numbers[root] = count++;
            clusters[row] = numbers[root];
        }

        return clusters;
    }

    private static List<ReviewPair> Review(IReadOnlyList<Link> scored, ClusterBuilder builder, int[] clusters, SortedDictionary<(int Left, int Right), bool> decided, IdentityOptions options)
    {
        var tooLarge = builder.Refused.SelectMany(cluster => cluster.Rows).ToHashSet();
        var review = new List<ReviewPair>();
        foreach (var (pair, reason) in builder.Held)
        {
            if (clusters[pair.Left] != clusters[pair.Right] && !tooLarge.Contains(pair.Left))
                review.Add(new ReviewPair(pair.Left, pair.Right, pair.Probability, pair.Bits, reason));
        }

        foreach (var pair in scored)
        {
            if (pair.Probability < options.ApplyAt && clusters[pair.Left] != clusters[pair.Right] && !decided.ContainsKey((pair.Left, pair.Right)) && !(tooLarge.Contains(pair.Left) && tooLarge.Contains(pair.Right)))
                review.Add(new ReviewPair(pair.Left, pair.Right, pair.Probability, pair.Bits, ReviewReason.Uncertain));
        }

        review.Sort(static (one, other) =>
        {
            var order = other.Bits.CompareTo(one.Bits);
            return order != 0 ? order : (one.Left, one.Right).CompareTo((other.Left, other.Right));
        });
        return review;
    }

    private static double[] Strengths(ClusterBuilder builder, int rows, Func<int, int, double> bits, SortedDictionary<(int Left, int Right), bool> decided)
    {
        var strengths = new double[rows];
        Array.Fill(strengths, 1);
        for (var root = 0; root < rows; root++)
        {
            if (builder.Find(root) != root || builder.Members(root) is not { Count: > 1 } members)
                continue;
            foreach (var row in members)
                strengths[row] = 0;
            for (var i = 0; i < members.Count; i++)
            {
                for (var j = i + 1; j < members.Count; j++)
                {
                    var probability = decided.TryGetValue((members[i], members[j]), out var same) && same ? 1 : PairScore.Probability(bits(members[i], members[j]));
                    strengths[members[i]] += probability / (members.Count - 1);
                    strengths[members[j]] += probability / (members.Count - 1);
                }
            }
        }

        return strengths;
    }

    private static List<BlockedValue> Blocked(IReadOnlyList<ValueFrequency> frequencies)
    {
        var blocked = new List<BlockedValue>();
        foreach (var frequency in frequencies.Where(one => one.Limit < int.MaxValue))
        {
            var counts = new Dictionary<int, (int First, int Count)>();
            var codes = frequency.Column.Codes;
            for (var row = 0; row < codes.Length; row++)
            {
                if (codes[row] < 0 || !frequency.IsBlocked(codes[row]))
                    continue;
                counts[codes[row]] = counts.TryGetValue(codes[row], out var before) ? (before.First, before.Count + 1) : (row, 1);
            }

            foreach (var (first, count) in counts.Values.OrderBy(pair => pair.First))
            {
                blocked.Add(new BlockedValue(frequency.Name, count, first, new Bilingual(
                    $"one value of {frequency.Name} stands on {Wording.Number((double)count).En} records (first in row {first + 1}); more than {frequency.Limit}, so it links nobody",
                    $"une même valeur de {frequency.Name} figure sur {Wording.Number((double)count).Fr} fiches (d'abord à la ligne {first + 1}) ; plus de {frequency.Limit}, elle ne rapproche donc personne")));
            }
        }

        return blocked;
    }
}
