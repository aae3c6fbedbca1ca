using System.Text;
using SegFunctions.Customers.Intake.Canonical;
using SegFunctions.Customers.Predictions.Churn;

namespace SegFunctions.Customers.Tests.Predictions;

public sealed class ContractHistoryTests
{
    private static readonly CustomerKey Anna = Key('a');
    private static readonly CustomerKey Ben = Key('b');

    [Theory]
    [InlineData("subscription_cancelled")]
    [InlineData("Subscription Canceled")]
    [InlineData("subscriptionCancelled")]
    [InlineData("cancel_subscription")]
    [InlineData("Contract terminated")]
    [InlineData("account-closed")]
    [InlineData("Abonnement résilié")]
    [InlineData("ABONNEMENT RESILIE")]
    [InlineData("Vertrag gekündigt")]
    [InlineData("Kündigung")]
    [InlineData("suscripción cancelada")]
    [InlineData("disdetta abbonamento")]
    [InlineData("abonnement opgezegd")]
    public void Types_in_six_languages_end_a_contract(string type) =>
        Assert.True(ContractEventTypes.EndsContract(Encoding.UTF8.GetBytes(type)));

    [Theory]
    [InlineData("subscription_renewed")]
    [InlineData("Contract signed")]
    [InlineData("abonnement réactivé")]
    [InlineData("Vertrag verlängert")]
    public void Other_types_begin_one(string type) =>
        Assert.False(ContractEventTypes.EndsContract(Encoding.UTF8.GetBytes(type)));

    [Theory]
    [InlineData("order_cancelled")]
    [InlineData("Order Cancelled")]
    [InlineData("unsubscribed")]
    [InlineData("cancelled")]
    [InlineData("checkout_started")]
    [InlineData("")]
    [InlineData("subscription_cancelled_page_viewed_and_then_much_more_was_written_about_it_than_any_type_of_an_event_should_ever_hold_in_its_name_at_all")]
    public void Cancelled_orders_and_all_else_say_nothing_of_contracts(string type) =>
        Assert.Null(ContractEventTypes.EndsContract(Encoding.UTF8.GetBytes(type)));

    [Fact]
    public void A_contract_that_was_taken_up_again_is_not_ended()
    {
        var history = ContractHistory.Of([new(Anna, Day(20), Ends: true), new(Anna, Day(5), Ends: true), new(Anna, Day(9), Ends: false), new(Anna, Day(22), Ends: true)]);

        Assert.Null(history.EndedBefore(Anna, Day(5)));
        Assert.Equal(Day(5), history.EndedBefore(Anna, Day(6)));
        Assert.Null(history.EndedBefore(Anna, Day(10)));
        Assert.Equal(Day(20), history.EndedBefore(Anna, Day(28)));
        Assert.Null(history.EndedBefore(Ben, Day(28)));
        Assert.True(history.EndsBetween(Anna, Day(20), Day(21)));
        Assert.False(history.EndsBetween(Anna, Day(6), Day(20)));
        Assert.Equal(2, history.Endings(Day(6), Day(28)));
    }

    [Fact]
    public async Task Canonical_events_are_read_and_a_corrected_event_replaces_the_older()
    {
        var reader = new ContractEventReader(KeyRange.All);
        await reader.AddAsync(Events($"{Anna},e1,2026-01-05T00:00:00Z,subscription_cancelled", $"{Ben},,2026-01-06T00:00:00Z,\"Contract, terminated\"", $"{Ben},e2,2026-01-07T00:00:00Z,page_viewed"), CancellationToken.None);
        await reader.AddAsync(Events($"{Anna},e1,2026-01-08T00:00:00Z,subscription_cancelled"), CancellationToken.None);

        var history = reader.Build();

        Assert.Equal(Day(8), history.EndedBefore(Anna, Day(28)));
        Assert.Equal(Day(6), history.EndedBefore(Ben, Day(28)));
        Assert.Equal(2, history.Endings(Day(1), Day(28)));
        await Assert.ThrowsAsync<InvalidDataException>(() => new ContractEventReader(KeyRange.All).AddAsync(Events($"{Anna},e1,yesterday,subscription_cancelled"), CancellationToken.None));
    }

    [Fact]
    public void Contracts_tell_who_leaves_only_where_enough_of_them_ended()
    {
        var plan = new ChurnPlan { AsOf = Day(28), HorizonDays = 5, Reason = new("5 days", "5 jours") };
        var history = ContractHistory.Of(Enumerable.Range(0, 30).Select(i => new ContractEvent(Anna, Day(14 + (i % 10)), Ends: true)));

        Assert.Same(plan, plan.ByContracts(history, share: 1, new ChurnOptions()));
        var contractual = plan.ByContracts(history, share: 0.5, new ChurnOptions());
        Assert.True(contractual.Contractual);
        Assert.Contains("about 60 contracts ended", contractual.Reason.En, StringComparison.Ordinal);
        Assert.Contains("environ 60 contrats", contractual.Reason.Fr, StringComparison.Ordinal);
        Assert.False((plan with { HorizonDays = null }).ByContracts(history, share: 0.5, new ChurnOptions()).Contractual);
    }

    private static MemoryStream Events(params string[] rows) =>
        new(Encoding.UTF8.GetBytes("key,eventId,timestamp,type\n" + string.Concat(rows.Select(row => row + "\n"))));

    private static DateTime Day(int day) => new(2026, 1, day, 0, 0, 0, DateTimeKind.Utc);

    private static CustomerKey Key(char letter)
    {
        Assert.True(CustomerKey.TryParse(new string(letter, 25) + "a", out var key));
        return key;
    }
}
