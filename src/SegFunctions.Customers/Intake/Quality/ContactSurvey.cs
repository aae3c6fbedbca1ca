using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Quality;

/// <summary>Looks at all rows of one customer side by side: contacts that are of no use any more, and messages whose steps stand in the wrong order.</summary>
/// <remarks>
/// Rows of one customer lie in one bucket, so memory follows the largest bucket. Only rows of the file itself that are no duplicates are looked at. Of messages: a customer whose latest
/// bounce or complaint is not followed by a delivery, an opening or a click; an opening or click before the message of that id was sent. Of customers: a record with an
/// older date of change than another one of the same customer; a record that nobody has changed for <see cref="InactiveYears"/> years.
/// </remarks>
internal sealed class ContactSurvey
{
    /// <summary>Years without a change after which a contact is called inactive.</summary>
    public const int InactiveYears = 3;

    private readonly Dictionary<CustomerKey, Standing> _standings = [];
    private readonly Dictionary<(CustomerKey Customer, ulong Message), Steps> _messages = [];
    private readonly bool _isMessages;
    private readonly bool _isCustomers;
    private readonly int _columns;
    private readonly int[] _columnOf;
    private readonly long _inactiveBefore;
    private long _bounced;
    private long _superseded;
    private long _inactive;
    private long _misordered;

    /// <param name="receivedAt">When the file arrived; null: nothing is called inactive.</param>
    public ContactSurvey(Dataset dataset, DateTime? receivedAt)
    {
        _isMessages = dataset == DatasetCatalog.Messages;
        _isCustomers = dataset == DatasetCatalog.Customers;
        var columns = dataset.Rules.CanonicalColumns(dataset);
        _columns = columns.Length;
        string[] wanted = _isMessages ? ["messageId", "action", "timestamp"] : ["createdAt", "updatedAt", "timestamp"];
        _columnOf = [.. wanted.Select(name => Array.IndexOf(columns, name))];
        _inactiveBefore = receivedAt is { } arrival ? arrival.AddYears(-InactiveYears).Ticks : long.MinValue;
    }

    /// <summary>There is something to look at in files of this dataset.</summary>
    public bool IsNeeded => _isMessages || _isCustomers;

    /// <summary>Looks at a row.</summary>
    /// <param name="columns">Its canonical columns, the key first.</param>
    public void See(ReadOnlySpan<byte> columns)
    {
        var rest = columns;
        ReadOnlySpan<byte> one = default, two = default, three = default;
        CustomerKey key = default;
        var hasKey = false;
        for (var column = 0; column < _columns; column++)
        {
            var field = CsvText.NextField(ref rest);
            if (column == 0)
                hasKey = CustomerKey.TryParse(field, out key);
            else if (column == _columnOf[0])
                one = field;
            else if (column == _columnOf[1])
                two = field;
            else if (column == _columnOf[2])
                three = field;
        }

        if (!hasKey)
            return;
        if (_isMessages)
            SeeMessage(key, one, two, three);
        else
            SeeCustomer(key, one, two);
    }

    /// <summary>All rows of some customers were seen.</summary>
    public void EndBucket()
    {
        foreach (var standing in _standings.Values)
        {
            if (standing.Lost > standing.Reached)
                _bounced++;
            _superseded += standing.Older;
        }

        foreach (var steps in _messages.Values)
        {
            if (steps.FirstAnswer < steps.FirstSent && steps.FirstSent != long.MaxValue)
                _misordered++;
        }

        _standings.Clear();
        _messages.Clear();
    }

    /// <summary>Adds what another survey found in other buckets.</summary>
    public void Merge(ContactSurvey other)
    {
        _bounced += other._bounced;
        _superseded += other._superseded;
        _inactive += other._inactive;
        _misordered += other._misordered;
    }

    /// <summary>What was found, as warnings about the file.</summary>
    public void AddTo(RuleTally warnings)
    {
        Add(DataRules.ContactBounced, _bounced, "customers");
        Add(DataRules.ContactSuperseded, _superseded, "records");
        Add(DataRules.ContactInactive, _inactive, "records");
        Add(DataRules.ActionBeforeSent, _misordered, "messages");

        void Add(DataRule rule, long count, string what)
        {
            if (count > 0)
                warnings.AddForColumn(rule.Id, -1, count, $"{rule.Title}: {count} {what}. {rule.Cure}");
        }
    }

    private void SeeMessage(CustomerKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> action, ReadOnlySpan<byte> timestamp)
    {
        var moment = Moment(timestamp);
        if (moment is not { } at)
            return;
        var isAnswer = action.SequenceEqual("opened"u8) || action.SequenceEqual("clicked"u8);
        var isLoss = action.SequenceEqual("bounced"u8) || action.SequenceEqual("complained"u8);
        if (isAnswer || isLoss || action.SequenceEqual("delivered"u8))
        {
            var standing = StandingOf(key);
            if (isLoss)
                standing.Lost = Math.Max(standing.Lost, at);
            else
                standing.Reached = Math.Max(standing.Reached, at);
        }

        if (message.Length == 0 || !(isAnswer || action.SequenceEqual("sent"u8)))
            return;
        var id = (key, Text.ByteHash.Hash64(message));
        if (!_messages.TryGetValue(id, out var steps))
            _messages[id] = steps = new Steps();
        if (isAnswer)
            steps.FirstAnswer = Math.Min(steps.FirstAnswer, at);
        else
            steps.FirstSent = Math.Min(steps.FirstSent, at);
    }

    private void SeeCustomer(CustomerKey key, ReadOnlySpan<byte> createdAt, ReadOnlySpan<byte> updatedAt)
    {
        var updated = Moment(updatedAt);
        if ((updated ?? Moment(createdAt)) is { } last && last < _inactiveBefore)
            _inactive++;
        if (updated is not { } at)
            return;
        var standing = StandingOf(key);
        if (standing.Newest != long.MinValue && standing.Newest != at)
            standing.Older++;
        standing.Newest = Math.Max(standing.Newest, at);
    }

    private Standing StandingOf(CustomerKey key)
    {
        if (!_standings.TryGetValue(key, out var standing))
            _standings[key] = standing = new Standing();
        return standing;
    }

    private static long? Moment(ReadOnlySpan<byte> text) => CanonicalTime.TryParse(text, out var moment) ? moment.Ticks : null;

    private sealed class Standing
    {
        /// <summary>When a message last bounced or was complained of.</summary>
        public long Lost { get; set; } = long.MinValue;

        /// <summary>When a message last reached the customer.</summary>
        public long Reached { get; set; } = long.MinValue;

        public long Newest { get; set; } = long.MinValue;

        /// <summary>Records beside the newest one.</summary>
        public long Older { get; set; }
    }

    private sealed class Steps
    {
        public long FirstSent { get; set; } = long.MaxValue;

        public long FirstAnswer { get; set; } = long.MaxValue;
    }
}
