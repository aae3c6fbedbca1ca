using System.Buffers.Binary;
using System.Text;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Records;
using SegFunctions.Customers.Intake.Rules;

namespace SegFunctions.Customers.Intake.Reading;

/// <summary>Writes accepted rows as they wait in their buckets: canonical columns, attributes, sealed identifiers.</summary>
internal sealed class AcceptedRows(RowContext context, CustomerKeyDerivation keys, CustomerKeyCaches caches, RowHash hashing)
{
    /// <summary>Namespace under which the digest of sealed values is keyed; no mapping can name it, for it has a line end.</summary>
    private const string DigestNamespace = "sealed\n";

    private readonly RowKeys _rowKeys = new(context, caches);
    private readonly ByteWriter _sealed = new(1024);
    private readonly ByteWriter _digest = new(1024);
    private readonly ByteWriter _attribute = new(1024);
    private readonly byte[] _typed = new byte[TypedAttribute.Length];
    private byte[] _repaired = [];

    /// <summary>Writes the present row.</summary>
    public void Accept(RecordBatch batch, int record)
    {
        _rowKeys.Derive();
        var key = context.Row.Key ?? context.Row.Anonymous;
        var rows = context.Result.Rows;
        rows.Add(key?.FirstByte ?? 0);
        var header = rows.Length;
        rows.Reserve(SpilledRow.HeaderLength);
        rows.Advance(SpilledRow.HeaderLength);

        var columns = rows.Length;
        WriteColumns(key, rows);
        var attributes = rows.Length;
        var row = rows.Written[columns..attributes];
        var version = context.Plan.Identity.Of(row);
        var hasIdentity = version.Length > 0;
        var hash = hashing.Of(hasIdentity ? version : row);

        WriteSealed(batch, record, key);
        hash = WriteAttributes(batch, record, rows, hash, hasIdentity);
        var sealedPart = rows.Length;
        rows.Add(_sealed.Written);
        context.Totals.AcceptedSample.Offer(hash, batch, record, context.Plan, context.Row, rule: null);
        SpilledRow.WriteHeader(rows.At(header, SpilledRow.HeaderLength), hash, attributes - columns, sealedPart - attributes, _sealed.Length, hasIdentity);
    }

    private void WriteColumns(CustomerKey? key, ByteWriter rows)
    {
        WriteKey(key, rows);
        foreach (var field in context.Plan.CanonicalFields)
        {
            rows.Add((byte)',');
            if (context.Row.Has(field))
                CsvText.Write(rows, context.Row.Text(field));
        }

        for (var derived = 0; derived < context.Plan.Dataset.Rules.Derived.Count; derived++)
        {
            rows.Add((byte)',');
            context.Plan.Dataset.Rules.WriteDerived(derived, context.Row, rows);
        }
    }

    /// <summary>The attributes that have a value, in the order of their names, the digest of the sealed values among them.</summary>
    private ulong WriteAttributes(RecordBatch batch, int record, ByteWriter rows, ulong hash, bool hasIdentity)
    {
        for (var rank = 0; rank <= context.Plan.Attributes.Length; rank++)
        {
            if (rank == context.Plan.DigestRank && _digest.Length > 0)
                hash = WriteAttribute(context.Plan.Digest, _digest.Written, rows, hash, hasIdentity);
            if (rank == context.Plan.Attributes.Length)
                break;
            var attribute = context.Plan.Attributes[rank];
            var value = RowContext.Trimmed(batch, record, attribute.Column);
            if (value.Length == 0)
                continue;
            if (context.Plan.Readings[attribute.Column].Type == AttributeType.Text)
            {
                hash = WriteAttribute(attribute, TextOf(attribute.Column, value), rows, hash, hasIdentity);
            }
            else if (TypedAttribute.TryWrite(value, context.Plan.Readings[attribute.Column], context.Plan.Mapping.TimeZone, _typed, out var length))
            {
                if (context.Plan.Readings[attribute.Column].Type == AttributeType.Number)
                    context.Totals.Column(attribute.Column).Statistics.AddNumber(_typed.AsSpan(0, length), context.Line);
                hash = length == 0 ? hash : WriteAttribute(attribute, _typed.AsSpan(0, length), rows, hash, hasIdentity);
            }
            else
            {
                context.Contradict(attribute.Column, Contradiction.Type);
            }
        }

        return hash;
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

    private ulong WriteAttribute(PlannedAttribute attribute, ReadOnlySpan<byte> value, ByteWriter rows, ulong hash, bool hasIdentity)
    {
        var text = AddAttribute(attribute.Number, value, rows);
        return hasIdentity ? hash : hashing.WithAttribute(hash, attribute.NameHash, rows.Written.Slice(text, rows.Length - text));
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
        if (!context.Plan.SealsRows)
            return;
        _attribute.Clear();
        WriteKey(key, _attribute);
        var any = false;
        foreach (var field in context.Plan.SealedFields)
        {
            _attribute.Add((byte)',');
            if (!context.Row.Has(field))
                continue;
            any |= context.Plan.Dataset.Fields[field].Identifier;
            CsvText.Write(_attribute, context.Row.Text(field));
        }

        BinaryPrimitives.WriteInt32LittleEndian(_sealed.Reserve(4), _attribute.Length);
        _sealed.Advance(4);
        _sealed.Add(_attribute.Written);
        foreach (var attribute in context.Plan.SealedAttributes)
        {
            var value = RowContext.Trimmed(batch, record, attribute.Column);
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
            WriteKey(keys.Derive(DigestNamespace, _attribute.Written), _digest);
    }

    private static void WriteKey(CustomerKey? key, ByteWriter rows)
    {
        if (key is not { } given)
            return;
        given.Format(rows.Reserve(CustomerKey.TextLength));
        rows.Advance(CustomerKey.TextLength);
    }
}
