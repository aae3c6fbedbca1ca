namespace SegFunctions.Customers.Segments.Contacts;

/// <summary>Why a contact is of no use any more, or must be left in peace.</summary>
public enum ContactState
{
    /// <summary>The last message came back, and none has arrived since.</summary>
    Bounced,

    /// <summary>The customer has called a message unwanted, and has answered none since.</summary>
    Complained,

    /// <summary>The customer has unsubscribed, and has answered no message since.</summary>
    Unsubscribed,

    /// <summary>Another record of the same person is newer.</summary>
    Superseded,

    /// <summary>No order, no answer to a message and no change of the record for years.</summary>
    Inactive,
}
