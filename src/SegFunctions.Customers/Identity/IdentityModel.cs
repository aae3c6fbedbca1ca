using System.Security.Cryptography;
using System.Text;
using SegFunctions.Customers.Identity.Blocking;
using SegFunctions.Customers.Identity.Companies;
using SegFunctions.Customers.Identity.Fitting;
using SegFunctions.Customers.Identity.Records;

namespace SegFunctions.Customers.Identity;

/// <summary>What was learned from a table: how records of one person agree, how often strangers do, and what finds candidates.</summary>
/// <remarks>Immutable. Holds hashes of values that several records bear, and no value itself.</remarks>
public sealed class IdentityModel
{
    private const int Version = 3;

    internal IdentityModel(
        IReadOnlyList<(string Name, IdentityField Field)> layout,
        IReadOnlyDictionary<string, string> dateOrders,
        int rows,
        LinkParameters parameters,
        BlockingRules blocking,
        IReadOnlyDictionary<string, Dictionary<ulong, int>> frequencies,
        IReadOnlyDictionary<string, Dictionary<ulong, int>> grams,
        IReadOnlyList<CompanyModel> companies)
    {
        Layout = layout;
        DateOrders = dateOrders;
        Rows = rows;
        Parameters = parameters;
        Blocking = blocking;
        Frequencies = frequencies;
        Grams = grams;
        Companies = companies;
    }

    /// <summary>The columns it was learned from; records to compare must have the same.</summary>
    public IReadOnlyList<(string Name, IdentityField Field)> Layout { get; }

    /// <summary>Records it was learned from.</summary>
    public int Rows { get; }

    internal IReadOnlyDictionary<string, string> DateOrders { get; }

    internal LinkParameters Parameters { get; }

    internal BlockingRules Blocking { get; }

    internal IReadOnlyDictionary<string, Dictionary<ulong, int>> Frequencies { get; }

    internal IReadOnlyDictionary<string, Dictionary<ulong, int>> Grams { get; }

    internal IReadOnlyList<CompanyModel> Companies { get; }

    /// <summary>SHA-256 of the model in hexadecimal letters: equal for models that judge alike.</summary>
    internal string Fingerprint
    {
        get
        {
            using var content = new MemoryStream();
            Save(content);
            return Convert.ToHexString(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
        }
    }

    private static ReadOnlySpan<byte> Magic => "SEGIDENT"u8;

    /// <summary>Writes the model; <see cref="Load"/> reads it back bit for bit.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Layout.Count);
        foreach (var (name, field) in Layout)
        {
            writer.Write(name);
            writer.Write((byte)field);
        }

        writer.Write(DateOrders.Count);
        foreach (var (column, order) in DateOrders.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.Write(column);
            writer.Write(order);
        }

        writer.Write(Rows);
        writer.Write(Parameters.OneShare);
        writer.Write(Parameters.HomeShare);
        Write(writer, Parameters.One);
        Write(writer, Parameters.Home);
        Write(writer, Parameters.Strangers);
        writer.Write(Blocking.Window);
        foreach (var stops in Blocking.Stops)
        {
            writer.Write(stops.Count);
            foreach (var stop in stops.Order())
                writer.Write(stop);
        }

        Write(writer, Frequencies);
        Write(writer, Grams);
        writer.Write(Companies.Count);
        foreach (var vocabulary in Companies)
            vocabulary.Save(writer);
    }

    /// <exception cref="InvalidDataException">Not such a model, of a newer version, or cut short.</exception>
    public static IdentityModel Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
                throw new InvalidDataException("This is no model of identity: it does not begin with SEGIDENT.");
            var version = reader.ReadInt32();
            if (version != Version)
                throw new InvalidDataException($"The stored model of identity has version {version}; this program reads {Version}. Learn it again or update the program.");
            var layout = new (string, IdentityField)[Length(reader)];
            for (var at = 0; at < layout.Length; at++)
                layout[at] = (reader.ReadString(), (IdentityField)reader.ReadByte());
            var dateOrders = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var left = Length(reader); left > 0; left--)
                dateOrders.Add(reader.ReadString(), reader.ReadString());
            var rows = reader.ReadInt32();
            var (one, home) = (reader.ReadDouble(), reader.ReadDouble());
            var parameters = new LinkParameters(Shares(reader), Shares(reader), Shares(reader)) { OneShare = one, HomeShare = home };
            var window = reader.ReadInt32();
            var stops = new HashSet<ulong>[BlockingRules.Passes];
            for (var pass = 0; pass < stops.Length; pass++)
            {
                stops[pass] = [];
                for (var left = Length(reader); left > 0; left--)
                    stops[pass].Add(reader.ReadUInt64());
            }

            var (frequencies, grams) = (Counts(reader), Counts(reader));
            var companies = new CompanyModel[Length(reader)];
            for (var at = 0; at < companies.Length; at++)
                companies[at] = CompanyModel.Load(reader);
            return new IdentityModel(layout, dateOrders, rows, parameters, new BlockingRules(stops, window), frequencies, grams, companies);
        }
        catch (Exception damaged) when (damaged is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("The stored model of identity is damaged or cut short. Learn it again.", damaged);
        }
    }

    private static void Write(BinaryWriter writer, double[][] shares)
    {
        writer.Write(shares.Length);
        foreach (var row in shares)
        {
            writer.Write(row.Length);
            foreach (var share in row)
                writer.Write(share);
        }
    }

    private static void Write(BinaryWriter writer, IReadOnlyDictionary<string, Dictionary<ulong, int>> all)
    {
        writer.Write(all.Count);
        foreach (var (name, counts) in all.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.Write(name);
            writer.Write(counts.Count);
            foreach (var (hash, count) in counts.OrderBy(pair => pair.Key))
            {
                writer.Write(hash);
                writer.Write(count);
            }
        }
    }

    private static double[][] Shares(BinaryReader reader)
    {
        var shares = new double[Length(reader)][];
        for (var at = 0; at < shares.Length; at++)
        {
            shares[at] = new double[Length(reader)];
            for (var level = 0; level < shares[at].Length; level++)
                shares[at][level] = reader.ReadDouble();
        }

        return shares;
    }

    private static Dictionary<string, Dictionary<ulong, int>> Counts(BinaryReader reader)
    {
        var all = new Dictionary<string, Dictionary<ulong, int>>(StringComparer.Ordinal);
        for (var left = Length(reader); left > 0; left--)
        {
            var counts = new Dictionary<ulong, int>();
            all.Add(reader.ReadString(), counts);
            for (var values = Length(reader); values > 0; values--)
                counts.Add(reader.ReadUInt64(), reader.ReadInt32());
        }

        return all;
    }

    /// <summary>Entries grow as they arrive, so a damaged length ends at the end of the stream and allocates little.</summary>
    private static int Length(BinaryReader reader)
    {
        var length = reader.ReadInt32();
        return length >= 0 ? length : throw new InvalidDataException("The stored model of identity claims a negative length; it is damaged.");
    }
}
