using System.Text;
using SegFunctions.Customers.Features;

namespace SegFunctions.Customers.Tests.Features;

public sealed class FeatureFileTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30_000)]
    public async Task A_feature_set_comes_back_bit_by_bit(int lines)
    {
        var features = FeatureExtraction.Extract(OrderLedger.Of(Some.Lines(3, lines, lines / 3 + 1)), Some.AsOf);
        FeatureExtractionTests.AssertSame(features, await Read(await Write(features)));
    }

    [Theory]
    [InlineData("Côte d'Ivoire")]
    [InlineData("a\\b\nc\r\\n")]
    [InlineData(" ")]
    public async Task Any_spelling_of_a_country_comes_back(string country)
    {
        var features = FeatureExtraction.Extract(OrderLedger.Of([Some.Line("2024-06-01", country: country)]), Some.AsOf);
        Assert.Equal(country, (await Read(await Write(features))).Countries[0]);
    }

    [Fact]
    public async Task The_bytes_are_those_that_numpy_writes()
    {
        using var stream = new MemoryStream();
        await NpyFile.WriteAsync(stream, new double[] { 1, 2, 3, 4, 5, 6 }, 2, 3, CancellationToken.None);

        // numpy.save(f, numpy.arange(1.0, 7.0).reshape(2, 3)), NumPy 1.26: 128 bytes of header, then the values.
        var header = "\u0093NUMPY\u0001\0v\0{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }";
        var expected = Encoding.Latin1.GetBytes(header.PadRight(127) + "\n").Concat(new double[] { 1, 2, 3, 4, 5, 6 }.SelectMany(BitConverter.GetBytes));
        Assert.Equal(expected, stream.ToArray());
    }

    [Theory]
    [InlineData("PK\u0003\u0004 something else entirely", "no NumPy file")]
    [InlineData("\u0093NUMPY\u0001\0v\0{'descr'", "ends too early")]
    public async Task Other_bytes_are_refused_with_the_reason(string bytes, string reason)
    {
        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(bytes));
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => NpyFile.ReadAsync(stream, "p=000.npy", CancellationToken.None));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains("p=000.npy", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'<f8'", "'<f4'")]
    [InlineData("False", "True ")]
    [InlineData("(1, 25)", "(1,2,3)")]
    [InlineData("(1, 25)", "(2, 25)")]
    [InlineData("(1, 25)", "(1, 24)")]
    public async Task Another_type_order_or_shape_is_refused(string from, string to)
    {
        var files = await Write(FeatureExtraction.Extract(OrderLedger.Of([Some.Line("2024-06-01")]), Some.AsOf));
        var text = Encoding.Latin1.GetString(files.Matrix);
        Assert.Contains(from, text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => Read(files with { Matrix = Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal)) }));
    }

    [Theory]
    [InlineData("nokey\n", "France\n", "line 1")]
    [InlineData("", "France\n", "0 keys")]
    [InlineData(null, "France\nFrance\n", "2 countries")]
    public async Task Files_that_do_not_belong_together_are_refused(string? keys, string countries, string reason)
    {
        var files = await Write(FeatureExtraction.Extract(OrderLedger.Of([Some.Line("2024-06-01")]), Some.AsOf));
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => Read(files with
        {
            Keys = keys is null ? files.Keys : Encoding.UTF8.GetBytes(keys),
            Countries = Encoding.UTF8.GetBytes(countries),
        }));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<Files> Write(FeatureSet features)
    {
        using var matrix = new MemoryStream();
        using var keys = new MemoryStream();
        using var countries = new MemoryStream();
        await FeatureFile.WriteAsync(features, matrix, keys, countries, CancellationToken.None);
        return new Files(matrix.ToArray(), keys.ToArray(), countries.ToArray());
    }

    private static async Task<FeatureSet> Read(Files files)
    {
        using var matrix = new MemoryStream(files.Matrix);
        using var keys = new MemoryStream(files.Keys);
        using var countries = new MemoryStream(files.Countries);
        return await FeatureFile.ReadAsync("p=000.npy", Some.AsOf, matrix, keys, countries, CancellationToken.None);
    }

    private sealed record Files(byte[] Matrix, byte[] Keys, byte[] Countries);
}
