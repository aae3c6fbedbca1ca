using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Tests.Text;

public sealed class ShortTextTests
{
    [Fact]
    public void Two_texts_are_equal_when_their_bytes_are()
    {
        // Of two letters and lengths of all kinds, so that near misses are common.
        var text = Gen.Choose(1, ShortText.Longest).SelectMany(length => Gen.Elements((byte)0, (byte)'a').ArrayOf(length));
        Prop.ForAll(text.Zip(text).ToArbitrary(), pair => Assert.Equal(pair.Item1.AsSpan().SequenceEqual(pair.Item2), ShortText.Of(pair.Item1) == ShortText.Of(pair.Item2)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Fact]
    public void Every_byte_counts()
    {
        for (var length = 1; length <= ShortText.Longest; length++)
        {
            for (var changed = 0; changed < length; changed++)
            {
                var text = new byte[length];
                var before = ShortText.Of(text);
                text[changed] = 1;
                Assert.NotEqual(before, ShortText.Of(text));
                Assert.NotEqual(before.Mixed, ShortText.Of(text).Mixed);
            }
        }
    }
}
