using SegFunctions.Customers.Identity.Linking;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity.Store;

/// <summary>Finds out which customers are one: people and companies by their records, visitors by who signed in, and what humans decided.</summary>
/// <remarks>
/// A pure function of its inputs. Models are kept from one time to the next, so that new records are judged as the old ones were; they
/// are learned anew when the records have other columns, or have doubled.
/// </remarks>
public sealed class IdentityResolution(IdentityOptions options)
{
    /// <summary>Resolves all customers.</summary>
    /// <param name="visitors">Keys of visitors and of the one customer who signed in as each.</param>
    /// <param name="decisions">One a pair of keys.</param>
    /// <param name="people">The model of people's records of the last time, or null.</param>
    /// <param name="companies">The same of companies.</param>
    public ResolvedIdentities Resolve(
        CustomerIdentifiers customers, IEnumerable<(CustomerKey Visitor, CustomerKey Customer)> visitors, IReadOnlyCollection<KeyDecision> decisions,
        IdentityModel? people = null, IdentityModel? companies = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(visitors);
        ArgumentNullException.ThrowIfNull(decisions);
        var found = new Found(decisions);
        people = Link(customers.People(), people, found, cancellationToken);
        companies = Link(customers.Companies(), companies, found, cancellationToken);
        found.AddVisitors(visitors);
        found.AddDecisions();
        return found.Build(customers.Customers, people, companies);
    }

    private IdentityModel? Link(IdentityRecords records, IdentityModel? model, Found found, CancellationToken cancellationToken)
    {
        var (set, keys) = records;
        // Titles, countries and places alone say of nobody who it is.
        if (set.Rows < 2 || !set.Columns.Any(column => column.Field is not (IdentityField.Title or IdentityField.Country or IdentityField.Region or IdentityField.City or IdentityField.PostalCode or IdentityField.Gender)))
        {
            found.AddAlone(keys);
            return null;
        }

        var fits = model is not null && set.Rows < 2 * model.Rows
            && model.Layout.SequenceEqual(set.Columns.Select(column => (column.Name, column.Field)));
        var index = IdentityIndex.Build(set, options, fits ? model : null, cancellationToken);
        found.Add(index, keys, cancellationToken);
        return index.Model;
    }

    /// <summary>Groups of keys as they are put together.</summary>
    private sealed class Found(IReadOnlyCollection<KeyDecision> decisions)
    {
        private readonly Dictionary<(CustomerKey, CustomerKey), bool> _decided = decisions.ToDictionary(one => Pair(one.Left, one.Right), one => one.Same);
        private readonly Dictionary<CustomerKey, int> _order = [];
        private readonly Dictionary<CustomerKey, CustomerKey> _parent = [];
        private readonly Dictionary<CustomerKey, double> _probability = [];
        private readonly Dictionary<(CustomerKey, CustomerKey), KeyLink> _links = [];
        private readonly Dictionary<(CustomerKey, CustomerKey), KeyReview> _reviews = [];
        private readonly List<IReadOnlyList<CustomerKey>> _refused = [];
        private readonly SortedDictionary<string, int> _blocked = new(StringComparer.Ordinal);
        private int _unlisted;

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
            foreach (var refused in result.Refused)
                _refused.Add([.. refused.Rows.Select(row => keys[row]).Distinct()]);
            foreach (var blocked in result.Blocked)
                _blocked[blocked.Column] = _blocked.GetValueOrDefault(blocked.Column) + 1;
        }

        public void AddVisitors(IEnumerable<(CustomerKey Visitor, CustomerKey Customer)> visitors)
        {
            foreach (var (visitor, customer) in visitors)
            {
                if (_decided.TryGetValue(Pair(visitor, customer), out var same) && !same)
                    continue;
                Know(customer);
                Know(visitor);
                Join(customer, visitor);
                _links[Pair(customer, visitor)] = new KeyLink(customer, visitor, LinkKind.Visitor, 1, 0, []);
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

        public ResolvedIdentities Build(int customers, IdentityModel? people, IdentityModel? companies)
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

        private void Join(CustomerKey one, CustomerKey other) => _parent[Root(other)] = Root(one);

        private (CustomerKey, CustomerKey) InOrder(CustomerKey one, CustomerKey other) => _order[one] <= _order[other] ? (one, other) : (other, one);

        private static (CustomerKey, CustomerKey) Pair(CustomerKey one, CustomerKey other) => one < other ? (one, other) : (other, one);
    }
}
