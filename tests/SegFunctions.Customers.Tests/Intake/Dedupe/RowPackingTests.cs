using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Intake.Dedupe;

namespace SegFunctions.Customers.Tests.Intake.Dedupe;

public sealed class RowPackingTests
{
    private const byte Bucket = 0xAB;

    private static readonly CustomerKey Key = new(((UInt128)Bucket << 120) | ((UInt128)0x0123456789ABCDEF << 56) | 0x7766554433221100 >> 8);

    [Fact]
    public void Any_line_comes_back_as_it_was_written()
    {
        var field = Gen.OneOf(
            Gen.Constant(""),
            Gen.Elements("books", "web", "1", "sixteen bytes ok", "2024-01-31T23:59:59Z", "2024-01-31T23:59:59.5Z", "9999-99-99T99:99:99Z", "0000-00-00T00:00:00Z", "\"a,b\"", "'=1"),
            Gen.Choose(1, 400).Select(length => new string('x', length)),
            Gen.Choose(0, int.MaxValue).Select(number => $"{number}"));
        var lines = Gen.Choose(1, 150).SelectMany(fields => Gen.ListOf(Gen.ListOf(field, fields), 5));
        Prop.ForAll(lines.ToArbitrary(), Gen.Elements<CustomerKey?>(null, Key, new CustomerKey((UInt128)Bucket << 120)).ToArbitrary(), (rows, key) =>
        {
            var words = new FrequentWords();
            var packing = new RowPacking(words);
            foreach (var row in rows)
                AssertComesBack(packing, words, key, [.. row]);
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void A_row_of_an_order_takes_a_third_of_its_line()
    {
        var words = new FrequentWords();
        var packing = new RowPacking(words);
        AssertComesBack(packing, words, Key, ["4594", "", "2023-01-02T14:21:40Z", "", "", "books", "4", "", "92.71", "", "", "", "app", "", "", "purchase"]);
        Assert.Equal(89, packing.Line.Length);

        // Bits 3, key 7, moment 6; all others are words as yet, of a byte each.
        Assert.Equal(22, packing.Packed.Length);
    }

    [Fact]
    public void Words_beyond_the_most_that_have_numbers_are_kept_as_texts()
    {
        var words = new FrequentWords();
        var packing = new RowPacking(words);
        for (var round = 0; round < 3; round++)
        {
            for (var word = 0; word < 3 * FrequentWords.MostWords; word++)
                AssertComesBack(packing, words, Key, [$"word {word}"]);
        }

        Assert.Equal(-1, words.NumberOf(1, Word.Of("another"u8)));
        Assert.Equal(5, words.NumberOf(1, Word.Of("word 5"u8)));
    }

    [Fact]
    public void A_text_that_looks_like_another_one_in_quotes_is_not_taken_for_it()
    {
        var words = new FrequentWords();
        var packing = new RowPacking(words);
        packing.Begin(null, 2);
        packing.Add(1, "\"a,b\""u8);
        packing.End();
        packing.Begin(null, 2);
        Assert.False(packing.TryAddKnown(1, "\"a,b\""u8, out _));
        Assert.False(packing.TryAddKnown(1, "new"u8, out _));
        packing.Add(1, "new"u8);
        packing.End();
        packing.Begin(null, 2);
        Assert.True(packing.TryAddKnown(1, "new"u8, out _));
        packing.End();
        Assert.Equal(",new\n", Encoding.UTF8.GetString(packing.Line));
    }

    [Fact]
    public void A_damaged_row_is_refused_and_writes_nothing_beyond_its_room()
    {
        var words = new FrequentWords();
        var packing = new RowPacking(words);
        packing.Begin(Key, 4);
        packing.Add(1, Encoding.UTF8.GetBytes(new string('x', 300)));
        packing.Add(3, "2024-01-31T23:59:59Z"u8);
        packing.End();
        var mark = new RowMark(1, Key, packing.Line.Length, packing.Packed.Length, 0, default);
        Prop.ForAll(Gen.Choose(0, mark.PackedLength - 1).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(), (at, change) =>
        {
            var bytes = new byte[mark.PackedLength + RowPacking.Slack];
            packing.Packed.CopyTo(bytes);
            bytes[at] ^= (byte)change;
            var target = new byte[mark.LineLength + RowPacking.Slack + 1];
            target[^1] = 77;
            try
            {
                new RowUnpacking(words).Unpack(bytes, Bucket, mark, 4, target.AsSpan(0, target.Length - 1));
            }
            catch (InvalidDataException)
            {
                // As it should be where lengths no longer agree.
            }

            return target[^1] == 77;
        }).Check(Config.QuickThrowOnFailure);
    }

    private static void AssertComesBack(RowPacking packing, FrequentWords words, CustomerKey? key, string[] fields)
    {
        packing.Begin(key, 1 + fields.Length);
        for (var field = 0; field < fields.Length; field++)
        {
            if (fields[field].Length > 0)
                packing.Add(1 + field, Encoding.UTF8.GetBytes(fields[field]));
        }

        packing.End();
        var line = string.Join(',', [$"{key}", .. fields]) + "\n";
        Assert.Equal(line, Encoding.UTF8.GetString(packing.Line));
        var mark = new RowMark(1, key, packing.Line.Length, packing.Packed.Length, 0, default);
        var back = new byte[line.Length + RowPacking.Slack];
        byte[] stored = [.. packing.Packed, .. new byte[RowPacking.Slack]];
        new RowUnpacking(words).Unpack(stored, Bucket, mark, 1 + fields.Length, back);
        Assert.Equal(line, Encoding.UTF8.GetString(back.AsSpan(0, line.Length)));
    }
}
