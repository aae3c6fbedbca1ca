using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace SegFunctions.Customers.Tests;

public sealed class CustomerKeyTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("a secret for tests only");

    [Fact]
    public void A_key_is_the_hmac_of_version_namespace_and_id_in_base32()
    {
        var hash = HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes("v1\ndefault\n12347"));
        var bits = string.Concat(hash.Take(16).Select(octet => Convert.ToString(octet, 2).PadLeft(8, '0'))) + "00";
        var expected = string.Concat(bits.Chunk(5).Select(five => "abcdefghijklmnopqrstuvwxyz234567"[Convert.ToInt32(new string(five), 2)]));

        var key = new CustomerKeyDerivation(Secret).Derive("default", "12347");

        Assert.Equal(expected, key.ToString());
        Assert.Equal(hash[0].ToString("x2"), key.Shard);
    }

    [Fact]
    public void Case_leading_zeros_and_namespace_make_other_keys()
    {
        var keys = new CustomerKeyDerivation(Secret);
        var all = new[] { keys.Derive("default", "A1"), keys.Derive("default", "a1"), keys.Derive("default", "0a1"), keys.Derive("crm", "A1") };
        Assert.Equal(4, all.Distinct().Count());
    }

    [Fact]
    public void Text_round_trips_and_orders_as_the_bytes_do() =>
        Prop.ForAll<ulong, ulong, ulong>((high, low, other) =>
        {
            var first = new CustomerKey(new UInt128(high, low));
            var second = new CustomerKey(new UInt128(other, low));
            Assert.True(CustomerKey.TryParse(first.ToString(), out var parsed));
            Assert.Equal(first, parsed);
            Assert.Equal(Math.Sign(first.CompareTo(second)), Math.Sign(string.CompareOrdinal(Sortable(first), Sortable(second))));
        }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData("")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaa1")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaab")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaé")]
    public void Texts_that_are_no_key_are_refused(string text) => Assert.False(CustomerKey.TryParse(text, out _));

    [Fact]
    public void A_short_secret_is_refused_with_its_length()
    {
        var refused = Assert.Throws<ArgumentException>(() => new CustomerKeyDerivation(new byte[8]));
        Assert.Contains("8 bytes", refused.Message, StringComparison.Ordinal);
    }

    // In ASCII the digits 2-7 come before the letters, in base32 after them.
    private static string Sortable(CustomerKey key) => string.Concat(key.ToString().Select(c => c < 'a' ? (char)(c + 100) : c));
}
