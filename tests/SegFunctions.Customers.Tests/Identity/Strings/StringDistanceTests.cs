using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Identity.Strings;

namespace SegFunctions.Customers.Tests.Identity.Strings;

public sealed class StringDistanceTests
{
    private static readonly Gen<string> Words = Gen.Elements("abcdeab".ToCharArray()).ArrayOf().Select(letters => new string(letters, 0, Math.Min(letters.Length, 60)));

    // Winkler (1990) and Winkler (2006), "Overview of Record Linkage and Current Research Directions", table 6.
    [Theory]
    [InlineData("martha", "marhta", 0.9611)]
    [InlineData("dixon", "dicksonx", 0.8133)]
    [InlineData("dwayne", "duane", 0.84)]
    [InlineData("abroms", "abrams", 0.9222)]
    [InlineData("same", "same", 1)]
    [InlineData("", "", 1)]
    [InlineData("", "a", 0)]
    [InlineData("ab", "xy", 0)]
    public void Names_are_as_alike_as_published(string left, string right, double expected) =>
        Assert.Equal(expected, JaroWinkler.Similarity(Bytes(left), Bytes(right)), 4);

    [Fact]
    public void Bits_find_what_the_plain_definition_of_Jaro_and_Winkler_finds() =>
        Prop.ForAll(Words.Two().ToArbitrary(), pair => Assert.Equal(PlainDistances.JaroWinkler(pair.Item1, pair.Item2), JaroWinkler.Similarity(Bytes(pair.Item1), Bytes(pair.Item2)), 12))
            .Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData("ca", "abc", 3)]
    [InlineData("meier", "meyer", 1)]
    [InlineData("mieer", "meier", 1)]
    [InlineData("12345678", "12354678", 1)]
    [InlineData("", "abc", 3)]
    public void Neighbours_exchanged_are_one_edit(string left, string right, int expected) =>
        Assert.Equal(expected, EditDistance.Between(Bytes(left), Bytes(right)));

    [Fact]
    public void Bits_count_the_edits_of_the_plain_table() =>
        Prop.ForAll(Words.Two().ToArbitrary(), pair => Assert.Equal(PlainDistances.Alignment(pair.Item1, pair.Item2), EditDistance.Between(Bytes(pair.Item1), Bytes(pair.Item2))))
            .Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(63)]
    [InlineData(64)]
    public void Lengths_at_the_borders_of_vectors_are_compared_to_the_last_letter(int length)
    {
        var (left, right) = (new string('a', length - 1) + "b", new string('a', length - 1) + "c");
        Assert.Equal(1, EditDistance.Between(Bytes(left), Bytes(right)));
        Assert.Equal(PlainDistances.JaroWinkler(left, right), JaroWinkler.Similarity(Bytes(left), Bytes(right)), 12);
    }

    [Fact]
    public void A_pool_gives_equal_texts_one_number_and_tells_long_ones_apart()
    {
        var pool = new TextPool();
        var end = new string('x', 80);
        Assert.Equal(-1, pool.Add(""));
        Assert.Equal(pool.Add("müller"), pool.Add("müller"));
        Assert.NotEqual(pool.Add(end + "1"), pool.Add(end + "2"));
        Assert.Equal("meier"u8, pool[pool.Add("meier")]);
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
