using FsCheck;
using FsCheck.Fluent;
using SegFunctions.Customers.Privacy.Consents;

namespace SegFunctions.Customers.Tests.Privacy;

public sealed class ConsentHistoryTests
{
    private static readonly DateTime Noon = new(2026, 3, 4, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Newest_word_counts_and_a_refusal_of_the_same_moment_wins()
    {
        var history = ConsentHistory.Of([new ConsentRecord(true, Noon), new ConsentRecord(false, Noon), new ConsentRecord(true, Noon.AddDays(-1))]);
        Assert.False(history.Answer(Noon));
        Assert.True(history.Answer(Noon.AddHours(-1)));
        Assert.Null(history.Answer(Noon.AddDays(-2)));
        Assert.True(history.With([new ConsentRecord(true, Noon.AddHours(1))]).Answer(Noon.AddHours(1)));
    }

    [Fact]
    public void Permission_that_has_expired_is_a_refusal_even_over_an_older_one()
    {
        var history = ConsentHistory.Of([new ConsentRecord(true, Noon.AddDays(-9)), new ConsentRecord(true, Noon, Expires: Noon.AddDays(1))]);
        Assert.True(history.Answer(Noon.AddHours(23)));
        Assert.False(history.Answer(Noon.AddDays(1)));
    }

    [Fact]
    public void Words_merge_in_any_order_to_the_same()
    {
        var words =
            from granted in ArbMap.Default.GeneratorFor<bool>()
            from hour in Gen.Choose(0, 5)
            from end in Gen.Choose(0, 8)
            select new ConsentRecord(granted, Noon.AddHours(hour), Expires: end > 5 ? null : Noon.AddHours(end));
        Prop.ForAll(words.ArrayOf().ToArbitrary(), said =>
        {
            var whole = ConsentHistory.Of(said);
            var pieces = ConsentHistory.Empty;
            foreach (var word in said.Reverse())
                pieces = pieces.With([word]);
            return whole.Records.SequenceEqual(pieces.Records) && whole.Answer(Noon.AddHours(3)) == pieces.Answer(Noon.AddHours(3));
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Policy_decides_where_nothing_was_said()
    {
        Assert.True(ConsentPolicy.Standard.Allows(ConsentPurpose.Profiling, ConsentHistory.Empty, Noon));
        Assert.False(ConsentPolicy.Standard.Allows(ConsentPurpose.Marketing, ConsentHistory.Empty, Noon));
        var strict = ConsentPolicy.Parse("profiling=opt-in, marketing=opt-out");
        Assert.False(strict.Allows(ConsentPurpose.Profiling, ConsentHistory.Empty, Noon));
        Assert.True(strict.Allows(ConsentPurpose.Marketing, ConsentHistory.Empty, Noon));
        var fault = Assert.Throws<FormatException>(() => ConsentPolicy.Parse("fun=opt-in,marketing=maybe"));
        Assert.Contains("'fun=opt-in', 'marketing=maybe'", fault.Message, StringComparison.Ordinal);
    }
}
