namespace SegFunctions.Customers.Identity.Store;

/// <summary>What a human decided about two customers; it wins over the model for ever, or until it is decided otherwise.</summary>
/// <param name="Same">One person or company, or surely two.</param>
public readonly record struct KeyDecision(CustomerKey Left, CustomerKey Right, bool Same);
