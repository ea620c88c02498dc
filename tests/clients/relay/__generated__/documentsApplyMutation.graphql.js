/**
 * @generated SignedSource<<6d0e461a02ad3c018f4af2da7306b68d>>
 * @lightSyntaxTransform
 */

/* eslint-disable */

'use strict';

var node = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "cart"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "key"
  }
],
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v2 = [
  {
    "alias": null,
    "args": [
      {
        "fields": [
          {
            "kind": "Variable",
            "name": "cart",
            "variableName": "cart"
          },
          {
            "kind": "Variable",
            "name": "idempotencyKey",
            "variableName": "key"
          }
        ],
        "kind": "ObjectValue",
        "name": "input"
      }
    ],
    "concreteType": "ApplyRedemptionPayload",
    "kind": "LinkedField",
    "name": "applyRedemption",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "Redemption",
        "kind": "LinkedField",
        "name": "redemption",
        "plural": false,
        "selections": [
          (v1/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "status",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "points",
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "Customer",
        "kind": "LinkedField",
        "name": "customer",
        "plural": false,
        "selections": [
          (v1/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "PointsBalance",
            "kind": "LinkedField",
            "name": "points",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "available",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "held",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "RedemptionError",
        "kind": "LinkedField",
        "name": "userErrors",
        "plural": true,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "code",
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "documentsApplyMutation",
    "selections": (v2/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "documentsApplyMutation",
    "selections": (v2/*:: as any*/)
  },
  "params": {
    "cacheID": "3b4ab05d6a398ed499e92a30fa93f184",
    "id": null,
    "metadata": {},
    "name": "documentsApplyMutation",
    "operationKind": "mutation",
    "text": "mutation documentsApplyMutation(\n  $cart: CartInput!\n  $key: String!\n) {\n  applyRedemption(input: {cart: $cart, idempotencyKey: $key}) {\n    redemption {\n      id\n      status\n      points\n    }\n    customer {\n      id\n      points {\n        available\n        held\n      }\n    }\n    userErrors {\n      code\n    }\n  }\n}\n"
  }
};
})();

node.hash = "384bbc3da59d7a6d672c11dec99b7d38";

export default node;
