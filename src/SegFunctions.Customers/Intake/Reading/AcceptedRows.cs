using System.Text;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Writes accepted rows as lines for their buckets: canonical columns and attributes, and apart from them the sealed identifiers.</summary>
internal sealed class AcceptedRows(RowContext context, CustomerKeyDerivation keys, CustomerKeyCaches caches, RowHash hashing)
{
    /// <summary>Namespace under which the digest of sealed values is keyed; no mapping can name it, for it has a line end.</summary>
    private const string DigestNamespace = "sealed\n";

    private readonly RowKeys _rowKeys = new(context, caches);
    private readonly ByteWriter _digest = new(256);
    private readonly ByteWriter _identifiers = new(1024);
    private readonly byte[] _typed = new byte[TypedAttribute.Length];
    private byte[] _repaired = [];
    private FilePlan? _plan;
    private bool[] _isPlain = [];
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
        var lines = result.Lines;
        var start = lines.Length;
        WriteColumns(key, lines);
        var row = lines.Written[start..];
        var kind = _isOrders ? KindOf(row) : default;
        var version = context.Plan.Identity.Of(row);
        var hasIdentity = version.Length > 0;
        var hash = hashing.Of(hasIdentity ? version : row);

        var sealedStart = result.Sealed.Length;
        WriteSealed(batch, record, key, result.Sealed);
        hash = WriteAttributes(batch, record, lines, hash, hasIdentity);
        lines.Add((byte)'\n');
        context.Totals.AcceptedSample.Offer(hash, batch, record, context.Plan, context.Row, rule: null);
        result.AddRow(key?.FirstByte ?? 0, new RowMark(hash, key, lines.Length - start, result.Sealed.Length - sealedStart, kind));
    }

    /// <summary>Takes note of what holds for all rows of a plan.</summary>
    private void Follow(FilePlan plan)
    {
        _plan = plan;
        _isOrders = plan.Dataset == DatasetCatalog.Orders;
        _isPlain = [.. plan.CanonicalFields.Select(field => plan.Dataset.Fields[field].Type is FieldType.Decimal or FieldType.Integer or FieldType.Timestamp or FieldType.Date or FieldType.Boolean)];
    }

    private void WriteColumns(CustomerKey? key, ByteWriter line)
    {
        WriteKey(key, line);
        var fields = context.Plan.CanonicalFields;
        for (var at = 0; at < fields.Length; at++)
        {
            line.Add((byte)',');
            if (!context.Row.Has(fields[at]))
                continue;

            // Numbers and moments hold nothing that would need quotes or run as a formula.
            if (_isPlain[at])
                line.Add(context.Row.Text(fields[at]));
            else
                CsvText.Write(line, context.Row.Text(fields[at]));
        }

        for (var derived = 0; derived < context.Plan.Dataset.Rules.Derived.Count; derived++)
        {
            line.Add((byte)',');
            context.Plan.Dataset.Rules.WriteDerived(derived, context.Row, line);
        }
    }

    // The kind is the last column of orders and never quoted.
    private static OrderLineKind KindOf(ReadOnlySpan<byte> columns) => columns[^1] switch
    {
        (byte)'n' => OrderLineKind.Return,
        _ when columns.EndsWith("free"u8) => OrderLineKind.Free,
        _ => OrderLineKind.Purchase,
    };

    /// <summary>The attributes in the order of their names, the digest of the sealed values among them.</summary>
    private ulong WriteAttributes(RecordBatch batch, int record, ByteWriter line, ulong hash, bool hasIdentity)
    {
        for (var rank = 0; rank <= context.Plan.Attributes.Length; rank++)
        {
            if (context.Plan.HasDigest && rank == context.Plan.DigestRank)
                hash = WriteAttribute(context.Plan.Digest, _digest.Written, line, hash, hasIdentity);
            if (rank == context.Plan.Attributes.Length)
                break;
            var attribute = context.Plan.Attributes[rank];
            hash = WriteAttribute(attribute, ValueOf(batch, record, attribute.Column), line, hash, hasIdentity);
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

    private ulong WriteAttribute(PlannedAttribute attribute, ReadOnlySpan<byte> value, ByteWriter line, ulong hash, bool hasIdentity)
    {
        line.Add((byte)',');
        if (value.Length == 0)
            return hash;
        var text = line.Length;
        CsvText.Write(line, value);
        return hasIdentity ? hash : hashing.WithAttribute(hash, attribute.NameHash, line.Written[text..]);
    }

    /// <summary>Direct identifiers go to their own line; their keyed digest lets rows be compared without them.</summary>
    private void WriteSealed(RecordBatch batch, int record, CustomerKey? key, ByteWriter line)
    {
        _digest.Clear();
        if (!context.Plan.SealsRows)
            return;
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
    }

    private static void WriteKey(CustomerKey? key, ByteWriter line)
    {
        if (key is not { } given)
            return;
        given.Format(line.Reserve(CustomerKey.TextLength));
        line.Advance(CustomerKey.TextLength);
    }
}
