namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>One column of a file and what becomes of it.</summary>
/// <param name="Position">0-based.</param>
/// <param name="Header">As the file spells it, or its 1-based position.</param>
/// <param name="Field">Position of the field in its dataset, or −1.</param>
/// <param name="Attribute">Its name as an attribute, unique in the file; empty unless it is one.</param>
/// <param name="Evidence">Why: "mapping", "header" or "values", or a reason in words; empty where nothing is known of it.</param>
internal sealed record PlannedColumn(int Position, string Header, ColumnUse Use, int Field, string Attribute, string Evidence)
{
    /// <summary>The other field that the column is, or −1: an address of e-mail that is the customer's id.</summary>
    public int AlsoField { get; init; } = -1;
}
