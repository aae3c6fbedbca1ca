using SegFunctions.Customers.Intake.Csv;
using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Dedupe;
using SegFunctions.Customers.Intake.Reading;
using SegFunctions.Customers.Intake.Rows;
using SegFunctions.Testing;

namespace SegFunctions.Customers.Tests.Intake.Runs;

public sealed class RowConstantsTests
{
    [Fact]
    public void Values_for_all_rows_allocate_nothing()
    {
        var dataset = DatasetCatalog.Orders;
        var mapping = Taken.Mapping("""{ "dataset": "orders", "values": { "quantity": 2, "amount": "12.50", "currency": "EUR", "channel": "shop", "discount": "10 %" } }""");
        var plan = new FilePlan(dataset, mapping, [], [], new AttributeNames(RowHash.Standard), new AttributeNames(RowHash.Standard), false, CsvDelimiter.Comma, new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var context = new RowContext(new RowValues(dataset, new bool[dataset.Fields.Count])) { Plan = plan };
        var constants = new RowConstants(context);
        Assert.Equal(0, Allocation.Of(FillRows));
        Assert.Equal("12.5", System.Text.Encoding.UTF8.GetString(context.Row.Text(dataset.IndexOf("amount"))));
        Assert.True(context.Row.IsShare(dataset.IndexOf("discount")));
        Assert.False(context.Row.IsShare(dataset.IndexOf("amount")));

        void FillRows()
        {
            for (var line = 1; line <= 1_000; line++)
            {
                context.Row.Clear();
                context.Line = line;
                constants.Fill(namesCurrency: false);
                constants.CountAccepted();
            }
        }
    }
}
