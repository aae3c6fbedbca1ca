using System.Numerics;
using System.Text;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Writes accepted rows as lines for their buckets: canonical columns and attributes, and apart from them the sealed identifiers.</summary>
internal sealed class AcceptedRows(RowContext context, CustomerKeyDerivation keys, CustomerKeyCaches caches, RowHash hashing, FrequentWords words)
{
    /// <summary>Namespace under which the digest of sealed values is keyed; no mapping can name it, for it has a line end.</summary>
    private const string DigestNamespace = "sealed\n";

    private readonly RowKeys _rowKeys = new(context, caches);
    private readonly RowPacking _packing = new(words);
    private readonly ByteWriter _field = new(256);
    private readonly ByteWriter _digest = new(256);
    private readonly ByteWriter _identifiers = new(1024);
    private readonly byte[] _typed = new byte[TypedAttribute.Length];
    private byte[] _repaired = [];
    private FilePlan? _plan;
    private CanonicalOrder _order = new([]);
    private int[] _columns = [];
    private int _derived;
    private int _fields;
    private ulong _plain;
    private int _identityColumns;
    private bool _isOrders;

    /// <summary>Writes the present row.</summary>
    public void Accept(RecordBatch batch, int record)
    {
        if (context.Plan != _plan)
            Follow(context.Plan);
        _rowKeys.Derive(batch, record);
        var key = context.Row.Key ?? context.Row.Anonymous;
        var result = context.Result;
        result.Width = new LineWidth(context.Plan.Attributes.Length + (context.Plan.HasDigest ? 1 : 0), context.Plan.SealedAttributes.Length);
        _packing.Begin(key, _fields);
        var identity = WriteColumns(key is not null);
        var kind = _isOrders ? KindOf(_packing.Line) : default;
        var hash = hashing.Of(identity > 0 ? _packing.Line[..identity] : _packing.Line);

        var group = result.GroupOf(key?.FirstByte ?? 0);
        _digest.Clear();
        var sealedLength = context.Plan.SealsRows ? WriteSealed(batch, record, key, group.Sealed) : 0;
        hash = WriteAttributes(batch, record, hash, identity > 0);
        _packing.End();
        context.Totals.AcceptedSample.Offer(hash, batch, record, context.Plan, context.Row, rule: null);
        group.Add(new RowMark(hash, key, _packing.Line.Length, _packing.Packed.Length, sealedLength, kind), _packing);
    }

    /// <summary>Takes note of what holds for all rows of a plan.</summary>
    private void Follow(FilePlan plan)
    {
        _plan = plan;
        _isOrders = plan.Dataset == DatasetCatalog.Orders;
        _columns = plan.CanonicalFields;
        _order = new CanonicalOrder(_columns);
        _derived = plan.Dataset.Rules.Derived.Count;
        _fields = 1 + _columns.Length + _derived + plan.Attributes.Length + (plan.HasDigest ? 1 : 0);
        _identityColumns = plan.Identity.Columns;
        _plain = 0;
        for (var place = 0; place < _columns.Length; place++)
        {
            if (plan.Dataset.Fields[_columns[place]].Type is FieldType.Decimal or FieldType.Integer or FieldType.Timestamp or FieldType.Date or FieldType.Boolean)
                _plain |= 1UL << place;
        }
    }

    /// <summary>Writes the dataset's columns behind the key.</summary>
    /// <returns>Where the identity ends that makes the row a version of others, the comma behind it included; 0 when it has none.</returns>
    private int WriteColumns(bool hasKey)
    {
        var row = context.Row;
        var named = hasKey ? 1 : 0;
        var identity = named == _identityColumns ? _packing.Line.Length : 0;
        for (var given = _order.Of(row.Given); given != 0; given &= given - 1)
        {
            var at = BitOperations.TrailingZeroCount(given);

            // Numbers and moments hold nothing that would need quotes or run as a formula.
            if ((_plain >> at & 1) != 0)
                _packing.Add(1 + at, row.Text(_columns[at]));
            else if (row.Known(_columns[at]) is { } known)
                AddKnown(1 + at, known);
            else
                AddText(1 + at, row.Text(_columns[at]));

            // The identity's columns come first, and all of them must be given.
            if (++named == _identityColumns && at == named - 2)
                identity = _packing.Line.Length;
        }

        for (var derived = 0; derived < _derived; derived++)
        {
            _field.Clear();
            context.Plan.Dataset.Rules.WriteDerived(derived, row, _field);
            if (_field.Length > 0)
                _packing.Add(1 + _columns.Length + derived, _field.Written);
        }

        _packing.SkipTo(_columns.Length + _derived);
        return identity == 0 ? 0 : identity + 1;
    }

    private void AddKnown(int place, KnownText known)
    {
        if (known.Packed.Place == place)
            _packing.Add(known.Packed);
        else
            known.Packed = AddText(place, known.Text);
    }

    /// <returns>The word that it is, if it has a number.</returns>
    private NumberedWord AddText(int place, ReadOnlySpan<byte> text)
    {
        if (_packing.TryAddKnown(place, text, out var found))
            return found;
        if (CsvText.IsPlain(text))
        {
            _packing.Add(place, text);
            return default;
        }

        _field.Clear();
        CsvText.Write(_field, text);
        _packing.Add(place, _field.Written);
        return default;
    }

    // The kind is the last column of orders and never quoted.
    private static OrderLineKind KindOf(ReadOnlySpan<byte> columns) => columns[^1] switch
    {
        (byte)'n' => OrderLineKind.Return,
        _ when columns.EndsWith("free"u8) => OrderLineKind.Free,
        _ => OrderLineKind.Purchase,
    };

    /// <summary>The attributes in the order of their names, the digest of the sealed values among them.</summary>
    private ulong WriteAttributes(RecordBatch batch, int record, ulong hash, bool hasIdentity)
    {
        var place = 1 + _columns.Length + _derived;
        for (var rank = 0; rank <= context.Plan.Attributes.Length; rank++)
        {
            if (context.Plan.HasDigest && rank == context.Plan.DigestRank)
                hash = WriteAttribute(place++, context.Plan.Digest, _digest.Written, hash, hasIdentity);
            if (rank == context.Plan.Attributes.Length)
                break;
            var attribute = context.Plan.Attributes[rank];
            hash = WriteAttribute(place++, attribute, ValueOf(batch, record, attribute.Column), hash, hasIdentity);
        }

        return hash;
    }

    /// <summary>What an attribute says, or nothing.</summary>
    private ReadOnlySpan<byte> ValueOf(RecordBatch batch, int record, int column)
    {
        var value = RowContext.Trimmed(batch, record, column);
        if (value.Length == 0)
            return [];
        var type = context.Plan.Readings[column].Type;
        if (type == AttributeType.Text)
            return TextOf(column, value);
        if (!TypedAttribute.TryWrite(value, context.Plan.Readings[column], context.Plan.Mapping.TimeZone, _typed, out var length))
        {
            context.Contradict(column, Contradiction.Type);
            return [];
        }

        if (type == AttributeType.Number)
            context.Totals.Column(column).Statistics.AddNumber(_typed.AsSpan(0, length), context.Line);
        return _typed.AsSpan(0, length);
    }

    private ReadOnlySpan<byte> TextOf(int column, ReadOnlySpan<byte> value)
    {
        if (context.Repaired(value, ref _repaired, out var repaired))
        {
            value = repaired;
            context.Totals.Repairs.Add(DataRules.MojibakeRepaired.Id, column, context.Line, DataRules.MojibakeRepaired.Title + ".");
        }

        return context.Masked(column, value);
    }

    private ulong WriteAttribute(int place, PlannedAttribute attribute, ReadOnlySpan<byte> value, ulong hash, bool hasIdentity)
    {
        if (value.Length == 0)
            return hash;
        AddText(place, value);
        return hasIdentity ? hash : hashing.WithAttribute(hash, attribute.NameHash, _packing.LastField);
    }

    /// <summary>Direct identifiers go to their own line; their keyed digest lets rows be compared without them.</summary>
    /// <returns>Bytes of that line.</returns>
    private int WriteSealed(RecordBatch batch, int record, in CustomerKey? key, ByteWriter line)
    {
        var start = line.Length;
        WriteKey(key, line);
        var any = false;
        foreach (var field in context.Plan.SealedFields)
        {
            line.Add((byte)',');
            if (!context.Row.Has(field))
                continue;
            any |= context.Plan.Dataset.Fields[field].Identifier;
            CsvText.Write(line, context.Row.Text(field));
        }

        _identifiers.Clear();
        _identifiers.Add(line.Written[start..]);
        foreach (var attribute in context.Plan.SealedAttributes)
        {
            line.Add((byte)',');
            var value = RowContext.Trimmed(batch, record, attribute.Column);
            if (value.Length == 0)
                continue;
            any = true;
            CsvText.Write(line, value);

            // Lines are as wide as their file; what is compared over files is the name.
            _identifiers.Add((byte)'\n');
            var name = Encoding.UTF8.GetBytes(attribute.Name, _identifiers.Reserve(3 * attribute.Name.Length));
            _identifiers.Advance(name);
            _identifiers.Add((byte)'=');
            CsvText.Write(_identifiers, value);
        }

        line.Add((byte)'\n');
        if (any)
            WriteKey(keys.Derive(DigestNamespace, _identifiers.Written), _digest);
        return line.Length - start;
    }

    private static void WriteKey(in CustomerKey? key, ByteWriter line)
    {
        if (key is not { } given)
            return;
        given.Format(line.Reserve(CustomerKey.TextLength));
        line.Advance(CustomerKey.TextLength);
    }
}
