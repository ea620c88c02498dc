/**
 * @generated SignedSource<<63e5647fc1c5840636e0b8fd4e02daf9>>
 * @lightSyntaxTransform
 */

/* eslint-disable */

'use strict';

var node = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "Customer",
    "kind": "LinkedField",
    "name": "me",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "id",
        "storageKey": null
      },
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
  }
];
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "documentsWalletQuery",
    "selections": (v0/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "documentsWalletQuery",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "cacheID": "63e9bd6f59c56d2d30e9e0199a0f53b9",
    "id": null,
    "metadata": {},
    "name": "documentsWalletQuery",
    "operationKind": "query",
    "text": "query documentsWalletQuery {\n  me {\n    id\n    points {\n      available\n      held\n    }\n  }\n}\n"
  }
};
})();

node.hash = "a1cbedd04a41c103f44c92df990f9ed0";

export default node;
