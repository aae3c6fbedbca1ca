using SegFunctions.Storage.Blobs.Vault;

namespace SegFunctions.Storage.Tests.Blobs;

public sealed class VaultKeyRingTests
{
    [Theory]
    [InlineData("", "no key")]
    [InlineData(" , ", "no key")]
    [InlineData("c2hvcnQ=", "Key 1")]
    [InlineData("not base64!", "Key 1")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "Key 2")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "Key 2")]
    public void Wrong_setting_is_refused_without_repeating_it(string setting, string expected)
    {
        var refused = Assert.Throws<FormatException>(() => VaultKeyRing.Parse(setting));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generated_keys_are_read_and_differ()
    {
        var keys = Enumerable.Range(0, 10).Select(_ => VaultKeyRing.GenerateKey()).ToArray();

        Assert.NotNull(VaultKeyRing.Parse(string.Join(',', keys)));
        Assert.Equal(10, keys.Distinct(StringComparer.Ordinal).Count());
    }
}
