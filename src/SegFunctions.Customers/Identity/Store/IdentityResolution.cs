using SegFunctions.Customers.Identity.Linking;
using SegFunctions.Customers.Identity.Records;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Identity.Store;

/// <summary>Finds out which customers are one: people and companies by their records, visitors by who signed in, and what humans decided.</summary>
/// <remarks>
/// A pure function of its inputs. Models are kept from one time to the next, so that new records are judged as the old ones were; they
/// are learned anew when the records have other columns, or have doubled. Pairs are kept too, so that only new records are compared: they
/// change no result, and are not used where a record before the new ones is gone or another.
/// </remarks>
public sealed class IdentityResolution(IdentityOptions options)
{
    /// <summary>Resolves all customers.</summary>
    /// <param name="visitors">Keys of visitors with each customer who signed in as one; a visitor whose customers are several people is nobody.</param>
    /// <param name="decisions">One a pair of keys.</param>
    /// <param name="people">What was learned of people's records the last time, or null.</param>
    /// <param name="companies">The same of companies.</param>
    public ResolvedIdentities Resolve(
        CustomerIdentifiers customers, IEnumerable<(CustomerKey Visitor, CustomerKey Customer)> visitors, IReadOnlyCollection<KeyDecision> decisions,
        LearnedIdentity? people = null, LearnedIdentity? companies = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(visitors);
        ArgumentNullException.ThrowIfNull(decisions);
        var found = new Found(decisions, options);
        people = Link(customers.People(), people, found, cancellationToken);
        companies = Link(customers.Companies(), companies, found, cancellationToken);
        found.AddDecisions();
        found.AddExternal(customers.External);
        found.AddVisitors(visitors);
        return found.Build(customers.Customers, people, companies);
    }

    private LearnedIdentity? Link(IdentityRecords records, LearnedIdentity? learned, Found found, CancellationToken cancellationToken)
    {
        var (set, keys) = records;
        // Titles, countries and places alone say of nobody who it is.
        if (set.Rows < 2 || !set.Columns.Any(column => column.Field is not (IdentityField.Title or IdentityField.Country or IdentityField.Region or IdentityField.City or IdentityField.PostalCode or IdentityField.Gender)))
        {
            found.AddAlone(keys);
            return null;
        }

        var model = learned?.Model;
        var fits = model is not null && set.Rows < 2 * model.Rows
            && model.Layout.SequenceEqual(set.Columns.Select(column => (column.Name, column.Field)));
        var index = IdentityIndex.Build(set, options, fits ? model : null, learned?.Pairs, cancellationToken);
        found.Add(index, keys, cancellationToken);
        return new LearnedIdentity(index.Model, index.Pairs());
    }

    /// <summary>Groups of keys as they are put together.</summary>
    private sealed class Found(IReadOnlyCollection<KeyDecision> decisions, IdentityOptions options)
    {
        private readonly Dictionary<(CustomerKey, CustomerKey), bool> _decided = decisions.ToDictionary(one => Pair(one.Left, one.Right), one => one.Same);
        private readonly Dictionary<CustomerKey, int> _order = [];
        private readonly Dictionary<CustomerKey, CustomerKey> _parent = [];
        private readonly Dictionary<CustomerKey, int> _size = [];
        private readonly Dictionary<CustomerKey, double> _probability = [];
        private readonly Dictionary<(CustomerKey, CustomerKey), KeyLink> _links = [];
        private readonly Dictionary<(CustomerKey, CustomerKey), KeyReview> _reviews = [];
        private readonly List<IReadOnlyList<CustomerKey>> _refused = [];
        private readonly SortedDictionary<string, int> _blocked = new(StringComparer.Ordinal);
        private int _unlisted;
        private int _compared;

        public void AddAlone(IEnumerable<CustomerKey> keys)
        {
            foreach (var key in keys)
                Know(key);
        }

        public void Add(IdentityIndex index, IReadOnlyList<CustomerKey> keys, CancellationToken cancellationToken)
        {
            AddAlone(keys);
            var rows = new Dictionary<CustomerKey, List<int>>();
            for (var row = 0; row < keys.Count; row++)
            {
                if (!rows.TryGetValue(keys[row], out var own))
                    rows.Add(keys[row], own = []);
                own.Add(row);
            }

            var result = index.Link([.. DecisionsOf(rows)], cancellationToken);
            var first = new Dictionary<int, CustomerKey>();
            for (var row = 0; row < keys.Count; row++)
            {
                var key = keys[row];
                if (!first.TryAdd(result.Clusters[row], key))
                    Join(first[result.Clusters[row]], key);
                _probability[key] = Math.Min(_probability.GetValueOrDefault(key, 1), result.Probabilities[row]);
            }

            foreach (var link in result.Links)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (left, right) = (keys[link.Left], keys[link.Right]);
                if (left != right && (!_links.TryGetValue(Pair(left, right), out var known) || known.Bits < link.Bits))
                    _links[Pair(left, right)] = new KeyLink(left, right, link.Decided ? LinkKind.Decision : LinkKind.Model, link.Probability, link.Bits, index.Explain(link.Left, link.Right).Fields);
            }

            foreach (var review in result.Review)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (left, right) = (keys[review.Left], keys[review.Right]);
                if (left == right || _decided.ContainsKey(Pair(left, right)) || Root(left) == Root(right))
                    continue;
                if (!_reviews.TryGetValue(Pair(left, right), out var known) || known.Link.Bits < review.Bits)
                    _reviews[Pair(left, right)] = new KeyReview(new KeyLink(left, right, LinkKind.Model, review.Probability, review.Bits, index.Explain(review.Left, review.Right).Fields), review.Reason);
            }

            _unlisted += result.ReviewsUnlisted;
            _compared += index.RowsCompared;
            foreach (var refused in result.Refused)
                _refused.Add([.. refused.Rows.Select(row => keys[row]).Distinct()]);
            foreach (var blocked in result.Blocked)
                _blocked[blocked.Column] = _blocked.GetValueOrDefault(blocked.Column) + 1;
        }

        /// <summary>Ids of other systems: who shares one is one, unless too many do or a human said otherwise.</summary>
        public void AddExternal(IEnumerable<(string Column, IReadOnlyList<CustomerKey> Customers)> ids)
        {
            foreach (var (column, customers) in ids)
            {
                foreach (var key in customers)
                    Know(key);
                if (customers.Count > options.RecordsPerIdentifier)
                {
                    _blocked[column] = _blocked.GetValueOrDefault(column) + 1;
                    continue;
                }

                for (var at = 1; at < customers.Count; at++)
                {
                    var (left, right) = InOrder(customers[0], customers[at]);
                    if (TryJoin(left, right) && !_links.ContainsKey(Pair(left, right)))
                        _links[Pair(left, right)] = new KeyLink(left, right, LinkKind.Identifier, 1, 0, [new FieldEvidence(column, "exact", 0, new Bilingual($"{column}: the same", $"{column} : identique"))]);
                }
            }
        }

        public void AddVisitors(IEnumerable<(CustomerKey Visitor, CustomerKey Customer)> visitors)
        {
            foreach (var pairs in visitors.GroupBy(pair => pair.Visitor, pair => pair.Customer))
            {
                var customers = pairs.Distinct().ToList();
                foreach (var customer in customers)
                    Know(customer);
                // A browser that several people share is none of theirs.
                if (customers.Select(Root).Distinct().Skip(1).Any())
                    continue;
                var (visitor, first) = (pairs.Key, customers.MinBy(customer => _order[customer]));
                Know(visitor);
                if (TryJoin(first, visitor))
                    _links[Pair(first, visitor)] = new KeyLink(first, visitor, LinkKind.Visitor, 1, 0, []);
            }
        }

        /// <summary>Decisions about keys that no table of records holds together.</summary>
        public void AddDecisions()
        {
            foreach (var decision in decisions.Where(one => one.Same && _order.ContainsKey(one.Left) && _order.ContainsKey(one.Right)))
            {
                var (left, right) = InOrder(decision.Left, decision.Right);
                if (Root(left) == Root(right) && _links.ContainsKey(Pair(left, right)))
                    continue;
                Join(left, right);
                _links[Pair(left, right)] = new KeyLink(left, right, LinkKind.Decision, 1, 0, []);
            }
        }

        public ResolvedIdentities Build(int customers, LearnedIdentity? people, LearnedIdentity? companies)
        {
            var groups = _order.Keys.GroupBy(Root).Where(group => group.Skip(1).Any()).Select(group =>
            {
                var canonical = group.MinBy(key => _order[key]);
                var others = group.Where(key => key != canonical).Order();
                return new IdentityGroup(canonical, [.. others.Prepend(canonical).Select(key => new IdentityMember(key, _probability.GetValueOrDefault(key, 1)))]);
            });
            return new ResolvedIdentities
            {
                Groups = [.. groups.OrderBy(group => group.Canonical)],
                Links = [.. _links.Values.Where(link => Root(link.Left) == Root(link.Right)).OrderBy(link => link.Left).ThenBy(link => link.Right)],
                Reviews = [.. _reviews.Values.Where(review => Root(review.Link.Left) != Root(review.Link.Right)).OrderByDescending(review => review.Link.Bits).ThenBy(review => review.Link.Left).ThenBy(review => review.Link.Right)],
                ReviewsUnlisted = _unlisted,
                Refused = _refused,
                Blocked = _blocked,
                Customers = customers,
                Compared = _compared,
                People = people,
                Companies = companies,
            };
        }

        /// <summary>The rows of a customer are one; what humans decided of two customers holds for their rows.</summary>
        private IEnumerable<IdentityDecision> DecisionsOf(Dictionary<CustomerKey, List<int>> rows)
        {
            foreach (var own in rows.Values)
            {
                for (var at = 1; at < own.Count; at++)
                    yield return new IdentityDecision(own[at - 1], own[at], Same: true);
            }

            foreach (var decision in decisions)
            {
                if (!rows.TryGetValue(decision.Left, out var left) || !rows.TryGetValue(decision.Right, out var right))
                    continue;
                yield return new IdentityDecision(left[0], right[0], decision.Same);
            }
        }

        private void Know(CustomerKey key)
        {
            if (_order.TryAdd(key, _order.Count))
                _parent.Add(key, key);
        }

        private CustomerKey Root(CustomerKey key)
        {
            while (_parent[key] != key)
                key = _parent[key] = _parent[_parent[key]];
            return key;
        }

        /// <summary>Joins two groups, unless a human keeps some of them apart or they would be too large for one.</summary>
        private bool TryJoin(CustomerKey one, CustomerKey other)
        {
            var (left, right) = (Root(one), Root(other));
            if (left == right)
                return true;
            foreach (var decision in decisions)
            {
                if (decision.Same || !_order.ContainsKey(decision.Left) || !_order.ContainsKey(decision.Right))
                    continue;
                var (first, second) = (Root(decision.Left), Root(decision.Right));
                if ((first == left && second == right) || (first == right && second == left))
                    return false;
            }

            if (_size.GetValueOrDefault(left, 1) + _size.GetValueOrDefault(right, 1) > options.LargestCluster)
                return false;
            Join(left, right);
            return true;
        }

        private void Join(CustomerKey one, CustomerKey other)
        {
            var (root, child) = (Root(one), Root(other));
            if (root == child)
                return;
            _parent[child] = root;
            _size[root] = _size.GetValueOrDefault(root, 1) + _size.GetValueOrDefault(child, 1);
        }

        private (CustomerKey, CustomerKey) InOrder(CustomerKey one, CustomerKey other) => _order[one] <= _order[other] ? (one, other) : (other, one);

        private static (CustomerKey, CustomerKey) Pair(CustomerKey one, CustomerKey other) => one < other ? (one, other) : (other, one);
    }
}
