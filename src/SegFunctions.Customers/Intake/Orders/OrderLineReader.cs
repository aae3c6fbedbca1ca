using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using SegFunctions.Customers.Features;
using SegFunctions.Customers.Identity.Store;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Orders;

/// <summary>Reads the lines of canonical orders and settles which version of a line counts.</summary>
/// <remarks>
/// Lines come in the order of uploads, then of rows. A row whose customer, order id and line number have all been read before replaces the
/// older row in its place. Memory: some 90 bytes a line, and 60 more for a line with a number. The same streams give the same list.
/// <code>
/// var reader = new OrderLineReader(KeyRange.OfPartition(3, 16));
/// foreach (var upload in uploadsOldestFirst)
///     await reader.AddAsync(await upload.OpenAsync(), cancellationToken);
/// Use(reader.Lines);
/// </code>
/// </remarks>
/// <param name="range">Lines of other customers are passed over.</param>
/// <param name="isLeftOut">Lines of these customers too; null: of nobody.</param>
/// <param name="routes">Who stands for whom: lines count for the customer whom theirs stands for. Null: everybody for himself.</param>
public sealed class OrderLineReader(KeyRange range, Func<CustomerKey, bool>? isLeftOut = null, IdentityRoutes? routes = null)
{
    private readonly List<OrderLine> _lines = [];
    private readonly Dictionary<(CustomerKey Customer, UInt128 Line), int> _numbered = [];
    private readonly Dictionary<string, string> _countries = new(StringComparer.Ordinal);

    public OrderLineReader()
        : this(KeyRange.All)
    {
    }

    /// <summary>The lines read so far.</summary>
    public IReadOnlyList<OrderLine> Lines => _lines;

    /// <summary>The lines read so far as a span; void after the next <see cref="AddAsync"/>.</summary>
    public ReadOnlySpan<OrderLine> Span => CollectionsMarshal.AsSpan(_lines);

    /// <summary>What the products of the lines are called.</summary>
    public ItemNames Products { get; } = new();

    /// <summary>What the categories of the lines are called.</summary>
    public ItemNames Categories { get; } = new();

    /// <summary>Lines that replaced an older version.</summary>
    public int Replaced { get; private set; }

    /// <summary>Reads one part of one upload; parts of older uploads come first.</summary>
    /// <param name="canonical">Belongs to the reader and is disposed.</param>
    /// <exception cref="InvalidDataException">It is no file of canonical orders.</exception>
    public async Task AddAsync(Stream canonical, CancellationToken cancellationToken)
    {
        await using var rows = await CanonicalReader.OpenAsync(canonical, cancellationToken);
        var columns = new Columns(rows);
        while (await rows.FillAsync(cancellationToken))
        {
            while (rows.Next())
                Add(rows, columns);
        }
    }

    private void Add(CanonicalReader rows, Columns columns)
    {
        if (!CustomerKey.TryParse(rows.RawField(columns.Key), out var own))
            throw new InvalidDataException("A row of canonical orders has no customer key in its first column.");
        var customer = routes?.Of(own) ?? own;
        if (!range.Contains(customer) || isLeftOut?.Invoke(own) == true)
            return;
        if (!CanonicalTime.TryParse(rows.RawField(columns.Timestamp), out var timestamp))
            throw new InvalidDataException($"A row of canonical orders has the timestamp \"{Encoding.UTF8.GetString(rows.RawField(columns.Timestamp))}\", which is no ISO 8601 time in UTC.");

        var orderId = rows.RawField(columns.OrderId);
        var order = orderId.Length > 0 ? ByteHash.Hash64(orderId) : DayOrder(customer, timestamp);
        var product = rows.RawField(columns.ProductId);
        if (product.Length == 0)
            product = rows.RawField(columns.Description);
        var category = rows.RawField(columns.Category);
        var quantity = Number(rows, columns.Quantity) ?? 1;
        var line = new OrderLine
        {
            Customer = customer,
            Timestamp = timestamp,
            Order = order,
            Product = product.Length > 0 ? ByteHash.Hash64(product) : 0,
            Category = category.Length > 0 ? ByteHash.Hash64(category) : 0,
            Quantity = Math.Abs(quantity),
            Amount = Worth(quantity, Number(rows, columns.UnitPrice), Number(rows, columns.Amount), Number(rows, columns.Discount)),
            Kind = Kind(rows.RawField(columns.Kind)),
            Country = Country(rows.Field(columns.Country)),
        };

        if (line.Product != 0)
            Name(rows, columns, line.Product);
        if (line.Category != 0)
            Categories.Add(line.Category, rows.Field(columns.Category));

        var number = rows.RawField(columns.Line);
        if (orderId.Length == 0 || number.Length == 0)
        {
            _lines.Add(line);
            return;
        }

        ref var position = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbered, (customer, ByteHash.Hash128(number, seed: order)), out var seen);
        if (seen)
        {
            _lines[position] = line;
            Replaced++;
        }
        else
        {
            position = _lines.Count;
            _lines.Add(line);
        }
    }

    private void Name(CanonicalReader rows, Columns columns, ulong product)
    {
        // One after the other: a field is void when the next is taken.
        Products.Add(product, rows.Field(rows.RawField(columns.ProductId).Length > 0 ? columns.ProductId : columns.Description));
        Products.AddName(product, rows.Field(columns.Description));
    }

    /// <summary>The line's amount where it is given; else price × quantity less the discount, never negative.</summary>
    internal static double Worth(double quantity, double? unitPrice, double? amount, double? discount) =>
        amount is { } whole ? Math.Abs(whole) : Math.Max(0, Math.Abs(quantity * (unitPrice ?? 0)) - (discount ?? 0));

    private static OrderLineKind Kind(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("purchase"u8))
            return OrderLineKind.Purchase;
        if (text.SequenceEqual("return"u8))
            return OrderLineKind.Return;
        return text.SequenceEqual("free"u8)
            ? OrderLineKind.Free
            : throw new InvalidDataException($"A row of canonical orders is of the kind \"{Encoding.UTF8.GetString(text)}\"; known are purchase, return and free.");
    }

    private static ulong DayOrder(CustomerKey customer, DateTime timestamp)
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, customer.Value);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], timestamp.Ticks / TimeSpan.TicksPerDay);
        return ByteHash.Hash64(bytes);
    }

    private static double? Number(CanonicalReader rows, int column)
    {
        var text = rows.RawField(column);
        if (text.Length == 0)
            return null;
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException($"A row of canonical orders holds \"{Encoding.UTF8.GetString(text)}\" in the column {rows.Header[column]}, which is no number.");
    }

    private string? Country(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0)
            return null;
        var name = text.Length <= 128 ? stackalloc char[text.Length] : new char[text.Length];
        name = name[..Encoding.UTF8.GetChars(text, name)];
        var known = _countries.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(name, out var country))
            known[name] = country = name.ToString();
        return country;
    }

    private readonly record struct Columns(
        int Key, int OrderId, int Line, int Timestamp, int Kind, int ProductId, int Description, int Category, int Quantity, int UnitPrice, int Amount, int Discount, int Country)
    {
        public Columns(CanonicalReader rows)
            : this(
                rows.RequiredColumn(CanonicalLayout.KeyColumn),
                rows.RequiredColumn("orderId"),
                rows.RequiredColumn("line"),
                rows.RequiredColumn("timestamp"),
                rows.RequiredColumn(OrderColumns.Kind),
                rows.RequiredColumn("productId"),
                rows.RequiredColumn("description"),
                rows.RequiredColumn("category"),
                rows.RequiredColumn("quantity"),
                rows.RequiredColumn("unitPrice"),
                rows.RequiredColumn("amount"),
                rows.RequiredColumn("discount"),
                rows.RequiredColumn("country"))
        {
        }
    }
}
