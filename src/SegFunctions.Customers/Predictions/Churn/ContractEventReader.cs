using System.Text;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>Finds in canonical events those that end or begin a contract.</summary>
/// <remarks>Uploads come oldest first: a row with the id of an earlier one replaces it. Memory: that of the events found.</remarks>
/// <param name="range">Events of other customers are passed over.</param>
/// <param name="routes">Who stands for whom: events count for the customer whom theirs stands for. Null: everybody for himself.</param>
public sealed class ContractEventReader(KeyRange range, IdentityRoutes? routes = null)
{
    private readonly List<ContractEvent> _events = [];
    private readonly Dictionary<UInt128, int> _numbered = [];
    private readonly HashSet<int> _replaced = [];

    /// <summary>Reads one part of one upload.</summary>
    /// <param name="canonical">Belongs to the reader and is disposed.</param>
    /// <exception cref="InvalidDataException">It is no file of canonical events.</exception>
    public async Task AddAsync(Stream canonical, CancellationToken cancellationToken)
    {
        await using var rows = await CanonicalReader.OpenAsync(canonical, cancellationToken);
        var (key, id, moment, type) = (rows.RequiredColumn(CanonicalLayout.KeyColumn), rows.RequiredColumn("eventId"), rows.RequiredColumn("timestamp"), rows.RequiredColumn("type"));
        while (await rows.FillAsync(cancellationToken))
        {
            while (rows.Next())
                Add(rows, key, id, moment, type);
        }
    }

    /// <summary>What was found so far.</summary>
    public ContractHistory Build() => ContractHistory.Of(_events.Where((_, place) => !_replaced.Contains(place)));

    private void Add(CanonicalReader rows, int key, int id, int moment, int type)
    {
        if (!CustomerKey.TryParse(rows.RawField(key), out var own))
            throw new InvalidDataException("A row of canonical events has no customer key in its first column.");
        var customer = routes?.Of(own) ?? own;
        if (!range.Contains(customer))
            return;
        var number = rows.RawField(id);
        var identity = number.Length > 0 ? ByteHash.Hash128(number) : default;
        if (number.Length > 0 && _numbered.Remove(identity, out var earlier))
            _replaced.Add(earlier);
        if (ContractEventTypes.EndsContract(rows.Field(type)) is not { } ends)
            return;
        if (!CanonicalTime.TryParse(rows.RawField(moment), out var at))
            throw new InvalidDataException($"A row of canonical events has the timestamp \"{Encoding.UTF8.GetString(rows.RawField(moment))}\", which is no ISO 8601 time in UTC.");
        if (number.Length > 0)
            _numbered[identity] = _events.Count;
        _events.Add(new ContractEvent(customer, at, ends));
    }
}
