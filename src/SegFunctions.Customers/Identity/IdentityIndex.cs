using System.Globalization;
using SegFunctions.Customers.Identity.Blocking;
using SegFunctions.Customers.Identity.Comparing;
using SegFunctions.Customers.Identity.Fitting;
using SegFunctions.Customers.Identity.Linking;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity;

/// <summary>Records with their blocking keys, to which more can be added without comparing everything with everything.</summary>
/// <remarks>
/// Guarantee: <c>Build(a); Add(b); Link()</c> gives what <c>Build(a + b, model: the same)</c> and <c>Link()</c> gives, whatever the
/// number of threads; so does <c>Build(a + b, model: the same, earlier: Pairs() of a)</c>. A value that comes to be on too many records
/// with <c>b</c> links nobody in <c>a</c> either. Not safe for several threads at once.
/// </remarks>
public sealed class IdentityIndex
{
    private const int RowsAtOnce = 1024;
    private const double Millionths = 1e6;

    private readonly IdentityOptions _options;
    private readonly Traits _traits;
    private readonly ComparisonSet _set;
    private readonly PairComparer _comparer;
    private readonly CandidateIndex _candidates;
    private readonly PairScore _score;
    private readonly List<Link> _links = [];
    private RecordChain _chain;
    private long _compared;

    // In millionths, so that the sum does not depend on the order.
    private long _expected;

    private IdentityIndex(IdentityOptions options, Traits traits, ComparisonSet set, PairComparer comparer, CandidateIndex candidates, IdentityModel model)
    {
        (_options, _traits, _set, _comparer, _candidates, Model) = (options, traits, set, comparer, candidates, model);
        _score = new PairScore(comparer.Fields, model.Parameters);
    }

    public IdentityModel Model { get; }

    public int Rows => _traits.Rows;

    /// <summary>Records that the last step compared with the others: the new ones, and those linked by what links nobody any more.</summary>
    public int RowsCompared { get; private set; }

    /// <summary>What is compared, by name.</summary>
    public IReadOnlyList<string> Comparisons => [.. _comparer.Comparisons.Select(one => one.Name)];

    /// <summary>Compares the records with each other.</summary>
    /// <param name="model">Null to learn one from these records.</param>
    /// <param name="earlier">
    /// What comparing the first of the records with the model came to: then only the further ones are compared. Pairs of other records,
    /// another model or other options are not used.
    /// </param>
    /// <exception cref="ArgumentException">Faulty options, no column to compare, or a model of other columns.</exception>
    public static IdentityIndex Build(
        RecordSet records, IdentityOptions options, IdentityModel? model = null, ComparedPairs? earlier = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        var layout = LayoutOf(records);
        if (model is not null && !model.Layout.SequenceEqual(layout))
            throw new ArgumentException("The model was learned from other columns. Learn one from these records.", nameof(model));
        var parallel = Parallel(options, cancellationToken);
        var traits = new Traits(layout, model?.DateOrders ?? new Dictionary<string, string>(StringComparer.Ordinal));
        traits.Add(records);
        var set = ComparisonSet.Of(traits, options);
        if (set.Comparisons.Count == 0)
            throw new ArgumentException("No column says who somebody is. Name columns of names, e-mail, telephone, address, birth dates or identifiers.", nameof(records));
        var comparer = new PairComparer(set.Comparisons);
        var atoms = new AtomWriter(traits, [.. set.Grams.Select(one => one.Column)], traits.Given is null ? set.Companies : []);
        CandidateIndex candidates;
        var from = 0;
        if (model is null)
        {
            foreach (var frequency in set.Frequencies)
                frequency.Learn();
            for (var at = 0; at < set.Companies.Count; at++)
                set.Companies[at].Learn(traits.Companies[at].Values, cancellationToken);
            foreach (var (column, texts, _) in set.Grams)
                column.Learn(texts());
            candidates = CandidateIndex.Learn(traits.Rows, atoms, options.PairsPerRecord, parallel);
            var parameters = ModelFit.Fit(comparer, candidates, set.Kin, options.Seed, parallel);
            model = new IdentityModel(
                layout,
                traits.DateOrders,
                traits.Rows,
                parameters,
                candidates.Rules,
                set.Frequencies.ToDictionary(one => one.Name, one => one.Learned().ToDictionary(pair => pair.Hash, pair => pair.Count), StringComparer.Ordinal),
                set.Grams.ToDictionary(one => one.Name, one => one.Column.Counts, StringComparer.Ordinal),
                [.. set.Companies.Select(one => one.Model)]);
        }
        else
        {
            Take(set, traits, model);
            from = earlier is not null && IsOf(earlier, records, options, model) ? earlier.Rows : 0;
            candidates = from == 0
                ? CandidateIndex.Build(traits.Rows, atoms, model.Blocking, parallel)
                : CandidateIndex.BuildFor([.. Reopened(set, from), .. Enumerable.Range(from, traits.Rows - from)], traits.Rows, atoms, model.Blocking, parallel);
        }

        var index = new IdentityIndex(options, traits, set, comparer, candidates, model) { _chain = default(RecordChain).With(records, 0, records.Rows) };
        if (from > 0)
        {
            index._links.AddRange(earlier!.Links);
            (index._compared, index._expected) = (earlier.Compared, earlier.Expected);
        }

        index.Extend(from, parallel);
        return index;
    }

    /// <summary>Compares more records, of the same columns, with those present and each other; their rows follow.</summary>
    /// <exception cref="ArgumentException">Other columns.</exception>
    /// <exception cref="InvalidOperationException">The index was built upon earlier pairs.</exception>
    public void Add(RecordSet records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (_candidates.IsPartial)
            throw new InvalidOperationException("An index built upon earlier pairs knows the keys of its new records alone. Build it anew with all records and its Pairs().");
        if (!Model.Layout.SequenceEqual(LayoutOf(records)))
            throw new ArgumentException("The records have other columns than the index. Give them the same columns in the same order.", nameof(records));
        var from = Rows;
        _traits.Add(records);
        Take(_set, _traits, Model);
        while (_candidates.Rows < Rows)
            _candidates.Add();
        _chain = _chain.With(records, 0, records.Rows);
        Extend(from, Parallel(_options, cancellationToken));
    }

    /// <summary>What comparing came to, for the next time.</summary>
    public ComparedPairs Pairs() => new(Rows, _chain, RulesOf(_options, Model), [.. _links], _compared, _expected);

    /// <summary>Clusters of everything in the index.</summary>
    /// <param name="decisions">What humans decided; they win.</param>
    public LinkResult Link(IReadOnlyCollection<IdentityDecision>? decisions = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return LinkResults.Of(_links, decisions ?? [], Rows, _options, Bits, new LinkFigures(_compared, 0, 0, _expected / Millionths), _set.Frequencies);
    }

    /// <summary>Why two records are one, or are not; any two rows.</summary>
    public PairEvidence Explain(int left, int right)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(right);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(left, Rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(right, Rows);
        return Evidence.Of(_comparer, _score, left, right);
    }

    private double Bits(int left, int right) => _score.Bits(_comparer.Compare(left, right));

    private static (string Name, IdentityField Field)[] LayoutOf(RecordSet records) => [.. records.Columns.Select(column => (column.Name, column.Field))];

    private static ParallelOptions Parallel(IdentityOptions options, CancellationToken cancellationToken) => new()
    {
        MaxDegreeOfParallelism = options.Threads ?? Environment.ProcessorCount,
        CancellationToken = cancellationToken,
    };

    private static void Take(ComparisonSet set, Traits traits, IdentityModel model)
    {
        foreach (var frequency in set.Frequencies)
            frequency.Take(model.Frequencies[frequency.Name], model.Rows);
        for (var at = 0; at < set.Companies.Count; at++)
            set.Companies[at].Take(traits.Companies[at].Values, model.Companies[at]);
        foreach (var (column, texts, name) in set.Grams)
        {
            column.Take(model.Grams[name]);
            column.Extend(texts());
        }
    }

    private static bool IsOf(ComparedPairs earlier, RecordSet records, IdentityOptions options, IdentityModel model) =>
        earlier.Rows <= records.Rows && earlier.Records == default(RecordChain).With(records, 0, earlier.Rows) && earlier.Rules == RulesOf(options, model);

    /// <summary>All that decides how two records compare.</summary>
    private static string RulesOf(IdentityOptions options, IdentityModel model) =>
        string.Create(CultureInfo.InvariantCulture, $"{model.Fingerprint} {options.ReviewAt:R} {options.RecordsPerIdentifier} {options.RecordsPerPhone}");

    /// <summary>Rows before <paramref name="from"/> that bear a value which has come to be on too many records; rising.</summary>
    private static int[] Reopened(ComparisonSet set, int from)
    {
        var rows = new SortedSet<int>();
        foreach (var frequency in set.Frequencies)
            frequency.AddNewlyBlocked(from, rows);
        return [.. rows];
    }

    private static void Block(ComparisonSet set, int rows)
    {
        foreach (var frequency in set.Frequencies)
            frequency.Block(rows);
    }

    /// <summary>Compares rows from one on, and again those that were linked by what links nobody any more.</summary>
    private void Extend(int from, ParallelOptions parallel)
    {
        var reopened = Reopened(_set, from);
        if (reopened.Length > 0)
        {
            // The figures of what was compared before are taken back first.
            Block(_set, from);
            Compare(reopened, -1, parallel);
            var rows = reopened.ToHashSet();
            _links.RemoveAll(link => rows.Contains(link.Right));
        }

        Block(_set, Rows);
        RowsCompared = reopened.Length + Rows - from;
        Compare([.. reopened, .. Enumerable.Range(from, Rows - from)], 1, parallel);
    }

    /// <summary>Compares rows with the earlier ones that share a key.</summary>
    /// <param name="sign">−1 to take the figures back; then no link is added.</param>
    private void Compare(int[] rows, int sign, ParallelOptions parallel)
    {
        var chunks = (rows.Length + RowsAtOnce - 1) / RowsAtOnce;
        var found = new (List<Link> Links, long Compared, long Expected)[chunks];
        var least = Math.Log2(_options.ReviewAt / (1 - _options.ReviewAt));
        System.Threading.Tasks.Parallel.For(0, chunks, parallel, () => new CandidateSet(), (chunk, _, set) =>
        {
            var links = new List<Link>();
            long compared = 0;
            long expected = 0;
            foreach (var row in rows.AsSpan(chunk * RowsAtOnce, Math.Min(RowsAtOnce, rows.Length - (chunk * RowsAtOnce))))
            {
                _candidates.Collect(row, set);
                compared += set.Found.Length;
                foreach (var candidate in set.Found)
                {
                    var bits = Bits(candidate, row);
                    if (bits < -20)
                        continue;
                    var probability = PairScore.Probability(bits);
                    expected += (long)Math.Round(probability * Millionths);
                    if (bits >= least)
                        links.Add(new Link(candidate, row, probability, bits));
                }
            }

            found[chunk] = (links, compared, expected);
            return set;
        }, _ => { });
        foreach (var (links, compared, expected) in found)
        {
            if (sign > 0)
                _links.AddRange(links);
            _compared += sign * compared;
            _expected += sign * expected;
        }
    }
}
