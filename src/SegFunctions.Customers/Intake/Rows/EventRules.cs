using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Intake.Rows;

/// <summary>Keeps the visitor's key beside the customer's, by which identity resolution joins the two.</summary>
internal sealed class EventRules : RowRules
{
    public override IReadOnlyList<string> Derived => ["anonymous"];

    public override void WriteDerived(int column, RowValues row, ByteWriter line)
    {
        if (row.Anonymous is not { } key)
            return;
        key.Format(line.Reserve(CustomerKey.TextLength));
        line.Advance(CustomerKey.TextLength);
    }
}
