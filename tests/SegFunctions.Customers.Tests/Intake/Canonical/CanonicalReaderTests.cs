using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Tests.Intake.Canonical;

public sealed class CanonicalReaderTests
{
    [Fact]
    public void Whatever_was_written_is_read_back_however_the_stream_breaks() =>
        Prop.ForAll(Rows().ToArbitrary(), rows => ReadAsync(Write(rows), step: 7).GetAwaiter().GetResult().SequenceEqual(rows.Select(row => string.Join('\u0001', row)), StringComparer.Ordinal))
            .Check(Config.QuickThrowOnFailure);

    [Fact]
    public async Task A_row_longer_than_the_block_is_read()
    {
        var rows = new[] { new[] { "a", new string('x', 400_000), "\"\n," }, ["b", "", "c"] };
        Assert.Equal(rows.Select(row => string.Join('\u0001', row)), await ReadAsync(Write(rows), step: 100_000));
    }

    [Theory]
    [InlineData("key,a\nx,1\ny")]
    [InlineData("key,a\nx,\"1\n")]
    [InlineData("key,a\nx,1,2\n")]
    [InlineData("")]
    public async Task A_damaged_file_is_an_error(string text) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(Encoding.UTF8.GetBytes(text), step: 100));

    private static Gen<string[][]> Rows()
    {
        var cell = Gen.Elements("", "a", "é", ",", "\"", "\n", "\r\n", " ", "long text").ArrayOf(4).Select(string.Concat);
        return cell.ArrayOf(3).ArrayOf().Select(rows => rows);
    }

    private static byte[] Write(string[][] rows)
    {
        var text = new ByteWriter(64);
        text.Add("x,y,z\n"u8);
        foreach (var row in rows)
        {
            for (var column = 0; column < row.Length; column++)
            {
                if (column > 0)
                    text.Add((byte)',');
                CsvText.Write(text, Encoding.UTF8.GetBytes(row[column]));
            }

            text.Add((byte)'\n');
        }

        return text.Written.ToArray();
    }

    private static async Task<List<string>> ReadAsync(byte[] text, int step)
    {
        await using var reader = await CanonicalReader.OpenAsync(new SlowStream(text, step), CancellationToken.None);
        var rows = new List<string>();
        while (await reader.FillAsync(CancellationToken.None))
        {
            while (reader.Next())
            {
                var cells = new List<string>();
                for (var column = 0; column < reader.FieldCount; column++)
                    cells.Add(Encoding.UTF8.GetString(reader.Field(column)));
                rows.Add(string.Join('\u0001', cells));
            }
        }

        return rows;
    }

    /// <summary>Gives a few bytes at a time, as networks do.</summary>
    private sealed class SlowStream(byte[] content, int step) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}
