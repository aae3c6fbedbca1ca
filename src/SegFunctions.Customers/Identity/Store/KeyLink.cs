using SegFunctions.Customers.Identity.Linking;

namespace SegFunctions.Customers.Identity.Store;

/// <summary>Why two keys are one, or may be.</summary>
/// <param name="Left">The key that was known first.</param>
/// <param name="Bits">Log₂ of the odds; 0 where no model was asked.</param>
/// <param name="Fields">What the records said, field by field; empty where no model was asked.</param>
public sealed record KeyLink(CustomerKey Left, CustomerKey Right, LinkKind Kind, double Probability, double Bits, IReadOnlyList<FieldEvidence> Fields);

/// <summary>What links two keys.</summary>
public enum LinkKind
{
    /// <summary>Their records agree.</summary>
    Model,

    /// <summary>A human said so.</summary>
    Decision,

    /// <summary>A visitor signed in, and nobody else did from the same browser.</summary>
    Visitor,

    /// <summary>They share an id of another system, and no more customers do than one person may have.</summary>
    Identifier,
}

/// <summary>Two customers that may be one.</summary>
/// <param name="Link">What speaks for it and against it.</param>
/// <param name="Reason">Why it was left to a human.</param>
public sealed record KeyReview(KeyLink Link, ReviewReason Reason);
