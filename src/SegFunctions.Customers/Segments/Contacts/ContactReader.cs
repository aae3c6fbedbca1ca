using System.Text;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Quality;

namespace SegFunctions.Customers.Segments.Contacts;

/// <summary>Finds in messages and customer records what speaks against writing to a customer.</summary>
/// <remarks>
/// By channel: a bounce counts until a message is delivered, opened or clicked later; a complaint and an unsubscription until one is opened or clicked later, for a
/// delivery is not the customer's doing. Over all: a record whose date of change (else of making) is older than that of another record of the person; a customer
/// without order, answer or change for <see cref="ContactSurvey.InactiveYears"/> years. Rows of any order, and repeated ones, give the same.
/// </remarks>
/// <param name="wanted">The customers that are looked at, under the keys that they stand for. Memory: that of these.</param>
/// <param name="until">UTC; messages and changes from then on are passed over.</param>
/// <param name="routes">Who stands for whom. Null: everybody for himself.</param>
public sealed class ContactReader(IReadOnlySet<CustomerKey> wanted, DateTime until, IdentityRoutes? routes = null)
{
    private readonly Dictionary<CustomerKey, Standing> _standings = [];
    private readonly List<(byte[] Utf8, string Name)> _channels = [];

    /// <summary>Reads one part of an upload of messages.</summary>
    /// <param name="canonical">Belongs to the reader and is disposed.</param>
    /// <exception cref="InvalidDataException">It is no canonical file of messages.</exception>
    public Task AddMessagesAsync(Stream canonical, CancellationToken cancellationToken) => ReadAsync(
        canonical,
        rows =>
        {
            var (action, moment, channel) = (rows.RequiredColumn("action"), rows.RequiredColumn("timestamp"), rows.RequiredColumn("channel"));
            return (standing, _) => See(standing, rows.RawField(action), rows.RawField(moment), rows.Field(channel));
        },
        cancellationToken);

    /// <summary>Reads one part of an upload of customer records.</summary>
    /// <param name="canonical">Belongs to the reader and is disposed.</param>
    /// <exception cref="InvalidDataException">It is no canonical file of customers.</exception>
    public Task AddRecordsAsync(Stream canonical, CancellationToken cancellationToken) => ReadAsync(
        canonical,
        rows =>
        {
            var (updated, created) = (rows.RequiredColumn("updatedAt"), rows.RequiredColumn("createdAt"));
            return (standing, key) => See(standing, key, Moment(rows.RawField(updated)) ?? Moment(rows.RawField(created)));
        },
        cancellationToken);

    /// <summary>Of each customer of whom there is something to say, what it is; in the order of the states.</summary>
    /// <param name="lastOrder">When a customer has last ordered, UTC; null where never.</param>
    /// <param name="asOf">UTC; what counts as years ago is counted from here.</param>
    public IEnumerable<KeyValuePair<CustomerKey, IReadOnlyList<ContactFlag>>> Build(Func<CustomerKey, DateTime?> lastOrder, DateTime asOf)
    {
        ArgumentNullException.ThrowIfNull(lastOrder);
        foreach (var (customer, standing) in _standings)
        {
            var flags = new List<ContactFlag>();
            foreach (var (channel, steps) in standing.Channels)
                AddOf(_channels[channel].Name, steps, flags);
            if (standing.Records.Count > 1)
            {
                var newest = standing.Records.Values.Max();
                flags.AddRange(standing.Records.Where(record => record.Value < newest).Select(record => ContactFlag.Superseded(record.Key, newest)));
            }

            var last = Latest(Latest(standing.LastAnswer, lastOrder(customer)), standing.Records.Count == 0 ? null : standing.Records.Values.Max());
            if (last is { } sign && sign < asOf.AddYears(-ContactSurvey.InactiveYears))
                flags.Add(ContactFlag.Inactive(sign, ContactSurvey.InactiveYears));
            if (flags.Count > 0)
            {
                yield return KeyValuePair.Create<CustomerKey, IReadOnlyList<ContactFlag>>(
                    customer, [.. flags.OrderBy(flag => flag.State).ThenBy(flag => flag.Channel ?? flag.Record, StringComparer.Ordinal)]);
            }
        }
    }

    private static void AddOf(string channel, Steps steps, List<ContactFlag> flags)
    {
        if (steps.Complained > (steps.Answered ?? DateTime.MinValue))
            flags.Add(ContactFlag.Complained(channel, steps.Complained.Value));
        if (steps.Unsubscribed > (steps.Answered ?? DateTime.MinValue))
            flags.Add(ContactFlag.Unsubscribed(channel, steps.Unsubscribed.Value));
        if (steps.Bounced > (Latest(steps.Delivered, steps.Answered) ?? DateTime.MinValue))
            flags.Add(ContactFlag.Bounced(channel, steps.Bounced.Value));
    }

    private async Task ReadAsync(Stream canonical, Func<CanonicalReader, Action<Standing, CustomerKey>> columns, CancellationToken cancellationToken)
    {
        await using var rows = await CanonicalReader.OpenAsync(canonical, cancellationToken);
        var key = rows.RequiredColumn(CanonicalLayout.KeyColumn);
        var see = columns(rows);
        while (await rows.FillAsync(cancellationToken))
        {
            while (rows.Next())
            {
                if (!CustomerKey.TryParse(rows.RawField(key), out var own))
                    throw new InvalidDataException("A canonical row has no customer key in its first column.");
                var customer = routes?.Of(own) ?? own;
                if (!wanted.Contains(customer))
                    continue;
                if (!_standings.TryGetValue(customer, out var standing))
                    _standings[customer] = standing = new Standing();
                see(standing, own);
            }
        }
    }

    private void See(Standing standing, ReadOnlySpan<byte> action, ReadOnlySpan<byte> moment, ReadOnlySpan<byte> channel)
    {
        if (Moment(moment) is not { } at || at >= until)
            return;
        var steps = standing.Of(ChannelOf(channel));
        if (action.SequenceEqual("delivered"u8))
            steps.Delivered = Latest(steps.Delivered, at);
        else if (action.SequenceEqual("opened"u8) || action.SequenceEqual("clicked"u8))
            (steps.Answered, standing.LastAnswer) = (Latest(steps.Answered, at), Latest(standing.LastAnswer, at));
        else if (action.SequenceEqual("bounced"u8))
            steps.Bounced = Latest(steps.Bounced, at);
        else if (action.SequenceEqual("complained"u8))
            steps.Complained = Latest(steps.Complained, at);
        else if (action.SequenceEqual("unsubscribed"u8))
            steps.Unsubscribed = Latest(steps.Unsubscribed, at);
    }

    private void See(Standing standing, CustomerKey record, DateTime? changed)
    {
        if (changed is { } at && at < until)
            standing.Records[record] = standing.Records.TryGetValue(record, out var known) && known > at ? known : at;
    }

    /// <summary>There are few channels: e-mail, SMS, letter.</summary>
    private int ChannelOf(ReadOnlySpan<byte> text)
    {
        for (var index = 0; index < _channels.Count; index++)
        {
            if (text.SequenceEqual(_channels[index].Utf8))
                return index;
        }

        _channels.Add((text.ToArray(), Encoding.UTF8.GetString(text)));
        return _channels.Count - 1;
    }

    private static DateTime? Moment(ReadOnlySpan<byte> text) => CanonicalTime.TryParse(text, out var moment) ? moment : null;

    private static DateTime? Latest(DateTime? one, DateTime? other) => one is null || other > one ? other ?? one : one;

    private sealed class Standing
    {
        public Dictionary<CustomerKey, DateTime> Records { get; } = [];

        public List<(int Channel, Steps Steps)> Channels { get; } = [];

        public DateTime? LastAnswer { get; set; }

        public Steps Of(int channel)
        {
            foreach (var (known, steps) in Channels)
            {
                if (known == channel)
                    return steps;
            }

            Channels.Add((channel, new Steps()));
            return Channels[^1].Steps;
        }
    }

    private sealed class Steps
    {
        public DateTime? Delivered { get; set; }

        public DateTime? Answered { get; set; }

        public DateTime? Bounced { get; set; }

        public DateTime? Complained { get; set; }

        public DateTime? Unsubscribed { get; set; }
    }
}
