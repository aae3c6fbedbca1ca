namespace SegFunctions.Customers.Predictions.Churn;

/// <summary>That a customer ended a contract, or took it up (again).</summary>
/// <param name="At">UTC.</param>
public readonly record struct ContractEvent(CustomerKey Customer, DateTime At, bool Ends);
