using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Quality;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rows;
using SegFunctions.Customers.Intake.Rules;
using SegFunctions.Customers.Intake.Sensitive;
using SegFunctions.Customers.Intake.Values;
using SegFunctions.Customers.Privacy;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Checks the records of a batch and turns them into canonical rows or quarantine lines. For one thread at a time.</summary>
internal sealed class RowConverter
{
    /// <summary>Namespace under which the digest of sealed values is keyed; no mapping can name it, for it has a line end.</summary>
    private const string DigestNamespace = "sealed\n";

    private static readonly long Earliest = new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly long EarliestBirth = new DateTime(1850, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly CustomerKeyDerivation _keys;
    private readonly RowHash _hash;
    private readonly ErasedCustomers _erased;
    private readonly CustomerKeyCache _customers;
    private readonly CustomerKeyCache _visitors;
    private readonly Dictionary<(DataRule Rule, int Field, ValueFault Fault), string> _messages = [];
    private readonly Dictionary<string, byte[]>[] _spellings;
    private readonly ByteWriter _sealed = new(1024);
    private readonly ByteWriter _digest = new(1024);
    private readonly ByteWriter _attribute = new(1024);
    private readonly FreeTextMask _mask = new();
    private readonly RowValues _row;
    private readonly bool[] _planned;
    private readonly int[] _required;
    private readonly int[][] _groups;
    private FilePlan _plan;
    private bool _isCustomerErased;
    private bool _isVisitorErased;
    private long _line;

    public RowConverter(FilePlan plan, CustomerKeyDerivation keys, RowHash hash, ErasedCustomers erased)
    {
        _plan = plan;
        _keys = keys;
        _hash = hash;
        _erased = erased;
        var fields = plan.Dataset.Fields;
        _customers = new CustomerKeyCache(keys, plan.Mapping.Source ?? CustomerKeyDerivation.DefaultNamespace, erased);
        _visitors = new CustomerKeyCache(keys, VisitorIds.Namespace, erased);
        _spellings = [.. fields.Select(_ => new Dictionary<string, byte[]>(StringComparer.Ordinal))];
        _planned = new bool[fields.Count];
        _row = new RowValues(plan.Dataset, _planned);
        _required = [.. Enumerable.Range(0, fields.Count).Where(field => fields[field].Required)];
        _groups = [.. Enumerable.Range(0, fields.Count).Where(field => fields[field].GroupRequired).GroupBy(field => fields[field].Group, StringComparer.Ordinal).Select(group => group.ToArray())];
        Totals = new RowTotals();
    }

    public RowTotals Totals { get; }

    /// <summary>Converts all records of a batch, in their order.</summary>
    public void Convert(RecordBatch batch, FilePlan plan, BatchResult result)
    {
        _plan = plan;
        for (var field = 0; field < _planned.Length; field++)
            _planned[field] = plan.ColumnOfField[field] >= 0;
        for (var record = 0; record < batch.Count; record++)
        {
            Totals.Read++;
            if (batch.Fault(record) is { } fault)
                Refuse(batch, record, result, -1, [], fault.Rule, fault.Message, fault.Cure);
            else if (HasSoundCount(batch, record, result))
                ConvertRow(batch, record, result);
        }
    }

    private bool HasSoundCount(RecordBatch batch, int record, BatchResult result)
    {
        var columns = _plan.Columns.Length;
        var fields = batch.FieldCount(record);
        if (fields == columns || (fields < columns && _plan.MayHaveFewerFields))
            return true;
        if (fields < columns)
        {
            Refuse(batch, record, result, -1, [], DataRules.TooFewFields.Id, $"The record has {fields} fields; the file has {columns} columns.", DataRules.TooFewFields.Cure);
            return false;
        }

        for (var extra = columns; extra < fields; extra++)
        {
            if (Trimmed(batch, record, extra).Length == 0)
                continue;
            Refuse(batch, record, result, -1, Trimmed(batch, record, extra), DataRules.TooManyFields.Id, $"The record has {fields} fields; the file has {columns} columns.", DataRules.TooManyFields.Cure);
            return false;
        }

        Totals.Repairs.Add(DataRules.EmptyFieldsCut.Id, -1, batch.Line(record), DataRules.EmptyFieldsCut.Title);
        return true;
    }

    private void ConvertRow(RecordBatch batch, int record, BatchResult result)
    {
        Totals.Profiled++;
        _line = batch.Line(record);
        _row.Clear();
        _isCustomerErased = _isVisitorErased = false;
        for (var field = 0; field < _planned.Length; field++)
        {
            var column = _plan.ColumnOfField[field];
            if (column >= 0)
                ReadField(field, column, Trimmed(batch, record, column), result);
            if (!_row.Has(field) && _plan.Dataset.Fields[field].Default is { } value)
                UseDefault(field, column, value);
        }

        ProfileAttributes(batch, record, result);
        CheckRequired();
        if (!_row.IsRefused)
            _plan.Dataset.Rules.Check(_row);
        if (_row.Key is null ? _isVisitorErased : _isCustomerErased)
            RefuseErased(batch, record, result);
        else if (_row.IsRefused)
            RefuseRow(batch, record, result);
        else
            Accept(batch, record, result);
    }

    private void ReadField(int field, int column, ReadOnlySpan<byte> value, BatchResult result)
    {
        var totals = Totals.Column(column);
        if (value.Length > 0)
        {
            totals.Statistics.AddValue(value, _hash.Of(value), isWatched: false);
        }

        var declared = _plan.Dataset.Fields[field];
        switch (declared.Type)
        {
            case FieldType.CustomerId:
                ReadCustomer(field, column, value, totals, result);
                break;
            case FieldType.Text or FieldType.Id:
                if (value.Length > 0)
                    _row.SetText(field, declared is { Type: FieldType.Text, Identifier: false } ? Masked(column, value) : value);
                break;
            case FieldType.Choice:
                if (value.Length > 0)
                    ReadChoice(field, declared, value);
                break;
            default:
                // A text may say NA and mean Namibia; a number may not.
                if (value.Length == 0 || MissingText.IsMissing(value))
                    break;
                var fault = declared.Type switch
                {
                    FieldType.Timestamp => ReadTime(field, column, declared, value, totals, result),
                    FieldType.Date => ReadDay(field, column, value, totals, result),
                    FieldType.Boolean => ReadBoolean(field, value),
                    _ => ReadNumber(field, column, declared, value, totals, result),
                };
                if (fault != ValueFault.None)
                    FindUnreadable(field, declared, fault);
                break;
        }
    }

    private void ReadCustomer(int field, int column, ReadOnlySpan<byte> value, ColumnTotals totals, BatchResult result)
    {
        if (value.Length == 0 || FieldTexts.IsMissingId(value))
            return;
        if (_plan.Readings[column].PointZero)
        {
            if (FieldTexts.IsPointZero(value))
            {
                value = value[..^2];
                totals.PointZeros++;
            }
            else
            {
                Contradict(column, Contradiction.PointZero, result);
            }
        }

        _row.SetText(field, value);
        if (_plan.Dataset.Fields[field].Name == "anonymousId")
            (_row.Anonymous, _isVisitorErased) = _visitors.Get(value);
        else
            (_row.Key, _isCustomerErased) = _customers.Get(value);
    }

    private void ReadChoice(int field, DatasetField declared, ReadOnlySpan<byte> value)
    {
        if (ChoiceOf(field, value) is { } word)
            _row.SetText(field, word);
        else if (declared.OpenChoice)
            _row.SetText(field, value);
        else
            _row.Find(DataRules.ChoiceUnknown, field);
    }

    private ValueFault ReadNumber(int field, int column, DatasetField declared, ReadOnlySpan<byte> value, ColumnTotals totals, BatchResult result)
    {
        var reading = _plan.Readings[column];
        var other = reading.Other().Decimals;
        if (!NumberText.TryParse(value, reading.Decimals, out var number, out var fault))
        {
            if (!reading.IsSettled && NumberText.TryParse(value, other, out _, out _))
                Contradict(column, Contradiction.Value, result);
            return fault;
        }

        if (!reading.IsSettled && !totals.IsDefinite)
        {
            if (!NumberText.TryParse(value, other, out var otherwise, out _))
                totals.IsDefinite = true;
            else if (otherwise != number)
                totals.Ambiguous++;
        }

        if (declared.Type == FieldType.Integer && number != decimal.Truncate(number))
            return ValueFault.NotWhole;
        totals.Statistics.AddNumber(number, _line);
        if (number < declared.Minimum || number > declared.Maximum)
            _row.Find(declared.Lenient ? DataRules.ValueDropped : DataRules.OutOfRange, field);
        else
            _row.SetNumber(field, number, share: value[^1] == '%');
        return ValueFault.None;
    }

    private ValueFault ReadTime(int field, int column, DatasetField declared, ReadOnlySpan<byte> value, ColumnTotals totals, BatchResult result)
    {
        var fault = ReadDate(column, value, totals, result, out var date);
        if (fault != ValueFault.None)
            return fault;
        var ticks = date.WallClock.Ticks;
        if (date.OffsetMinutes is { } offset)
        {
            ticks -= offset * TimeSpan.TicksPerMinute;
        }
        else
        {
            ticks = _plan.Mapping.TimeZone.ToUtc(ticks, out var doubtful);
            if (doubtful)
                _row.Find(DataRules.ClockChange, field);
        }

        if (ticks < Earliest || (ticks > _plan.Latest.Ticks && !declared.MayBeFuture))
        {
            _row.Find(declared.Lenient ? DataRules.ValueDropped : DataRules.OutOfRange, field);
            return ValueFault.None;
        }

        totals.Statistics.AddTime(ticks);
        _row.SetTime(field, ticks);
        return ValueFault.None;
    }

    private ValueFault ReadDay(int field, int column, ReadOnlySpan<byte> value, ColumnTotals totals, BatchResult result)
    {
        long ticks;
        if (value.Length == 4 && value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            var year = (1000 * (value[0] - '0')) + (100 * (value[1] - '0')) + (10 * (value[2] - '0')) + value[3] - '0';
            if (year == 0)
                return ValueFault.NoSuchDay;
            ticks = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        }
        else if (ReadDate(column, value, totals, result, out var date) is not ValueFault.None and var fault)
        {
            return fault;
        }
        else
        {
            ticks = date.WallClock.Date.Ticks;
        }

        if (ticks < EarliestBirth || ticks > _plan.Latest.Ticks)
            return ValueFault.YearOutOfRange;
        _row.SetDay(field, ticks);
        return ValueFault.None;
    }

    /// <summary>Reads a date in the column's order of day and month, and watches whether the other order would fit as well.</summary>
    private ValueFault ReadDate(int column, ReadOnlySpan<byte> value, ColumnTotals totals, BatchResult result, out DateValue date)
    {
        var reading = _plan.Readings[column];
        var isRead = DateText.TryParse(value, _plan.DateRules(reading.Order), out date, out var fault);
        if (reading.IsSettled || (isRead && totals.IsDefinite))
            return fault;
        var fitsOther = DateText.TryParse(value, _plan.DateRules(reading.Other().Order), out var otherwise, out _);
        if (!isRead)
        {
            if (fitsOther)
                Contradict(column, Contradiction.Value, result);
        }
        else if (!fitsOther)
        {
            totals.IsDefinite = true;
        }
        else if (otherwise != date)
        {
            totals.Ambiguous++;
        }

        return fault;
    }

    private ValueFault ReadBoolean(int field, ReadOnlySpan<byte> value)
    {
        if (!BooleanText.TryParse(value, out var truth, out var fault))
            return fault;
        _row.SetText(field, truth ? "true"u8 : "false"u8);
        return ValueFault.None;
    }

    private void FindUnreadable(int field, DatasetField declared, ValueFault fault)
    {
        if (declared.Lenient)
        {
            _row.Find(DataRules.ValueDropped, field, fault);
            return;
        }

        _row.Find(
            declared.Type switch
            {
                FieldType.Timestamp or FieldType.Date => DataRules.TimestampUnreadable,
                FieldType.Boolean => DataRules.BooleanUnreadable,
                _ => DataRules.NumberUnreadable,
            },
            field,
            fault);
    }

    private void UseDefault(int field, int column, string value)
    {
        // The value could not be read: the row is refused for that, and no default hides it.
        foreach (var finding in _row.Findings)
        {
            if (finding.Field == field && finding.Rule.Severity == RuleSeverity.Refuse)
                return;
        }

        _row.SetNumber(field, decimal.Parse(value));
        if (column >= 0)
            _row.Find(DataRules.DefaultUsed, field);
    }

    private void ProfileAttributes(RecordBatch batch, int record, BatchResult result)
    {
        foreach (var column in _plan.Columns)
        {
            if (column.Field >= 0)
                continue;
            var value = Trimmed(batch, record, column.Position);
            if (value.Length == 0)
                continue;
            var statistics = Totals.Column(column.Position).Statistics;
            statistics.AddValue(value, _hash.Of(value), isWatched: column.Use == ColumnUse.Attribute);
            if (column.Use == ColumnUse.Attribute && !_plan.Readings[column.Position].IsSealed && FieldTexts.IsAddress(value))
                Contradict(column.Position, Contradiction.Address, result);
        }
    }

    private void CheckRequired()
    {
        foreach (var field in _required)
        {
            if (!_row.Has(field) && !IsFound(field))
                _row.Find(DataRules.Required, field);
        }

        foreach (var group in _groups)
        {
            var given = false;
            foreach (var field in group)
                given |= _row.Has(field) || IsFound(field);
            if (!given)
                _row.Find(DataRules.Required, Array.Find(group, field => _planned[field]));
        }
    }

    private bool IsFound(int field)
    {
        foreach (var finding in _row.Findings)
        {
            if (finding.Field == field)
                return true;
        }

        return false;
    }

    private void RefuseRow(RecordBatch batch, int record, BatchResult result)
    {
        // The first fault in the order of the fields names the row's rule: every refused row counts once.
        Finding? first = null;
        var others = 0;
        foreach (var finding in _row.Findings)
        {
            if (finding.Rule.Severity != RuleSeverity.Refuse)
                continue;
            if (first is null || finding.Field < first.Value.Field)
            {
                others += first is null ? 0 : 1;
                first = finding;
            }
            else
            {
                others++;
            }
        }

        var told = first!.Value;
        var column = told.Field < 0 ? -1 : _plan.ColumnOfField[told.Field];
        var message = MessageOf(told);
        if (others > 0)
            message = $"{message} ({others} more {(others == 1 ? "fault" : "faults")} in this row.)";
        var value = column < 0 ? default : Trimmed(batch, record, column);
        Refuse(batch, record, result, column, value, told.Rule.Id, message, told.Fault == ValueFault.None ? told.Rule.Cure : told.Fault.Cure());
    }

    private void Refuse(RecordBatch batch, int record, BatchResult result, int column, ReadOnlySpan<byte> value, string rule, string message, string cure)
    {
        if (_erased.AreNamedIn(batch.Raw(record), _plan.Mapping.Source ?? CustomerKeyDerivation.DefaultNamespace, _keys))
        {
            RefuseErased(batch, record, result);
            return;
        }

        Totals.Refused++;
        var line = batch.Line(record);
        if (batch.Place(record, column) is { } place)
            message = $"{message} ({place})";
        Totals.RefusedByRule.Add(rule, column, line, message);
        Totals.RefusedSample.Offer(_hash.Of(batch.Raw(record)), batch, record, _plan, row: null, rule);
        var raw = batch.Raw(record);
        if (_plan.HasRefused)
        {
            raw = RecordWithoutRefused.Write(batch, record, _plan);
            value = RecordWithoutRefused.IsAligned(batch, record, _plan) ? value : default;
        }

        QuarantineLine.Write(result.Quarantine, line, column < 0 ? "" : _plan.Columns[column].Header, value, rule, message, cure, raw);
    }

    /// <summary>Nothing of the row is kept, but that it was there.</summary>
    private void RefuseErased(RecordBatch batch, int record, BatchResult result)
    {
        var (rule, line) = (DataRules.PersonErased, batch.Line(record));
        Totals.Refused++;
        Totals.Erased++;
        Totals.RefusedByRule.Add(rule.Id, -1, line, rule.Title + ".");
        QuarantineLine.Write(result.Quarantine, line, "", [], rule.Id, rule.Title + ".", rule.Cure, []);
    }

    private void Accept(RecordBatch batch, int record, BatchResult result)
    {
        var line = batch.Line(record);
        foreach (var finding in _row.Findings)
        {
            var tally = finding.Rule.Severity == RuleSeverity.Warn ? Totals.Warnings : Totals.Repairs;
            tally.Add(finding.Rule.Id, finding.Field < 0 ? -1 : _plan.ColumnOfField[finding.Field], line, MessageOf(finding));
        }

        if (TimestampField is >= 0 and var timestamp && _row.Has(timestamp))
            Totals.AddTime(_row.Ticks(timestamp));

        var key = _row.Key ?? _row.Anonymous;
        var rows = result.Rows;
        rows.Add(key?.FirstByte ?? 0);
        var header = rows.Length;
        rows.Reserve(SpilledRow.HeaderLength);
        rows.Advance(SpilledRow.HeaderLength);

        var columns = rows.Length;
        WriteColumns(key, rows);
        var attributes = rows.Length;
        var row = rows.Written[columns..attributes];
        var version = _plan.Identity.Of(row);
        var hasIdentity = version.Length > 0;
        var hash = _hash.Of(hasIdentity ? version : row);

        WriteSealed(batch, record, key);
        hash = WriteAttributes(batch, record, rows, hash, hasIdentity);
        var sealedPart = rows.Length;
        rows.Add(_sealed.Written);
        Totals.AcceptedSample.Offer(hash, batch, record, _plan, _row, rule: null);
        SpilledRow.WriteHeader(rows.At(header, SpilledRow.HeaderLength), hash, attributes - columns, sealedPart - attributes, _sealed.Length, hasIdentity);
    }

    private int TimestampField => _plan.Dataset.IndexOf("timestamp");

    private void WriteColumns(CustomerKey? key, ByteWriter rows)
    {
        WriteKey(key, rows);
        foreach (var field in _plan.CanonicalFields)
        {
            rows.Add((byte)',');
            if (_row.Has(field))
                CsvText.Write(rows, _row.Text(field));
        }

        for (var derived = 0; derived < _plan.Dataset.Rules.Derived.Count; derived++)
        {
            rows.Add((byte)',');
            _plan.Dataset.Rules.WriteDerived(derived, _row, rows);
        }
    }

    /// <summary>The attributes that have a value, in the order of their names, the digest of the sealed values among them.</summary>
    private ulong WriteAttributes(RecordBatch batch, int record, ByteWriter rows, ulong hash, bool hasIdentity)
    {
        for (var rank = 0; rank <= _plan.Attributes.Length; rank++)
        {
            if (rank == _plan.DigestRank && _digest.Length > 0)
                hash = WriteAttribute(_plan.Digest, _digest.Written, rows, hash, hasIdentity);
            if (rank == _plan.Attributes.Length)
                break;
            var attribute = _plan.Attributes[rank];
            var value = Trimmed(batch, record, attribute.Column);
            if (value.Length > 0)
                hash = WriteAttribute(attribute, Masked(attribute.Column, value), rows, hash, hasIdentity);
        }

        return hash;
    }

    private ulong WriteAttribute(PlannedAttribute attribute, ReadOnlySpan<byte> value, ByteWriter rows, ulong hash, bool hasIdentity)
    {
        var text = AddAttribute(attribute.Number, value, rows);
        return hasIdentity ? hash : _hash.WithAttribute(hash, attribute.NameHash, rows.Written.Slice(text, rows.Length - text));
    }

    private static int AddAttribute(int number, ReadOnlySpan<byte> value, ByteWriter rows)
    {
        var header = rows.Length;
        rows.Reserve(8);
        rows.Advance(8);
        CsvText.Write(rows, value);
        BinaryPrimitives.WriteInt32LittleEndian(rows.At(header, 4), number);
        BinaryPrimitives.WriteInt32LittleEndian(rows.At(header + 4, 4), rows.Length - header - 8);
        return header + 8;
    }

    /// <summary>Direct identifiers go to their own part; their keyed digest lets rows be compared without them.</summary>
    private void WriteSealed(RecordBatch batch, int record, CustomerKey? key)
    {
        _sealed.Clear();
        _digest.Clear();
        if (!_plan.SealsRows)
            return;
        _attribute.Clear();
        WriteKey(key, _attribute);
        var any = false;
        foreach (var field in _plan.SealedFields)
        {
            _attribute.Add((byte)',');
            if (!_row.Has(field))
                continue;
            any |= _plan.Dataset.Fields[field].Identifier;
            CsvText.Write(_attribute, _row.Text(field));
        }

        BinaryPrimitives.WriteInt32LittleEndian(_sealed.Reserve(4), _attribute.Length);
        _sealed.Advance(4);
        _sealed.Add(_attribute.Written);
        foreach (var attribute in _plan.SealedAttributes)
        {
            var value = Trimmed(batch, record, attribute.Column);
            if (value.Length == 0)
                continue;
            any = true;
            AddAttribute(attribute.Number, value, _sealed);

            // Numbers of attributes differ from file to file; what is compared over files is the name.
            _attribute.Add((byte)'\n');
            var name = Encoding.UTF8.GetBytes(attribute.Name, _attribute.Reserve(3 * attribute.Name.Length));
            _attribute.Advance(name);
            _attribute.Add((byte)'=');
            CsvText.Write(_attribute, value);
        }

        if (any)
            WriteKey(_keys.Derive(DigestNamespace, _attribute.Written), _digest);
    }

    /// <summary>Running text without the addresses and numbers of people.</summary>
    private ReadOnlySpan<byte> Masked(int column, ReadOnlySpan<byte> text)
    {
        var masked = _mask.Apply(text, out var isMasked);
        if (isMasked)
            Totals.Repairs.Add(DataRules.IdentifierMasked.Id, column, _line, DataRules.IdentifierMasked.Title + ".");
        return masked;
    }

    private static void WriteKey(CustomerKey? key, ByteWriter rows)
    {
        if (key is not { } given)
            return;
        given.Format(rows.Reserve(CustomerKey.TextLength));
        rows.Advance(CustomerKey.TextLength);
    }

    private static void Contradict(int column, Contradiction contradiction, BatchResult result)
    {
        if (!result.Contradictions.Contains((column, contradiction)))
            result.Contradictions.Add((column, contradiction));
    }

    private byte[]? ChoiceOf(int field, ReadOnlySpan<byte> value)
    {
        if (value.Length > 64)
            return null;
        Span<char> text = stackalloc char[64];
        text = text[..Encoding.UTF8.GetChars(value, text)];
        var known = _spellings[field];
        ref var word = ref CollectionsMarshal.GetValueRefOrNullRef(known.GetAlternateLookup<ReadOnlySpan<char>>(), text);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref word))
            return word.Length == 0 ? null : word;
        var spelling = text.ToString();
        var found = _plan.Choices[field]!.GetValueOrDefault(TextFolding.Key(spelling));
        if (known.Count < 1000)
            known[spelling] = found ?? [];
        return found;
    }

    private string MessageOf(Finding finding)
    {
        ref var message = ref CollectionsMarshal.GetValueRefOrAddDefault(_messages, (finding.Rule, finding.Field, finding.Fault), out _);
        return message ??= RuleMessages.Of(_plan, finding);
    }

    private static ReadOnlySpan<byte> Trimmed(RecordBatch batch, int record, int column) => Blanks.Trim(batch.Field(record, column));
}
