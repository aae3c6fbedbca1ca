namespace SegFunctions.Customers.Privacy;

/// <summary>What a file holds of people who were erased.</summary>
/// <param name="Count">Their rows.</param>
/// <param name="Visitors">Keys of the visitors (browsers, devices) that stand beside them in those rows.</param>
public sealed record ErasedRows(long Count, IReadOnlySet<CustomerKey> Visitors);
